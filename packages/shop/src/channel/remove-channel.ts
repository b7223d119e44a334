import type { ChannelRules } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import { changeChannels } from './change-channels.ts'
import { resumeTrials } from './resume-trials.ts'

export type RemoveChannelResult =
  | { readonly kind: 'changed'; readonly rules: ChannelRules }
  | { readonly kind: 'unknown_channel' }
  | Forbidden

/** Requires a channel no more. Every trial that is held resumes: nobody is kept out for a rule that is gone. */
export async function removeChannel(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'queue' | 'drivers' | 'vault'>,
  actor: Actor,
  chatId: string,
): Promise<RemoveChannelResult> {
  const result = await changeChannels(deps, actor, (rules) => {
    const channels = rules.channels.filter((one) => one.chatId !== chatId)
    if (channels.length === rules.channels.length) return { kind: 'unknown_channel' } as const
    return { kind: 'changed', rules: { ...rules, channels } } as const
  })
  if (result.kind === 'changed') await resumeTrials(deps)
  return result
}
