import type { ChannelRules } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import { changeChannels } from './change-channels.ts'
import { resumeTrials } from './resume-trials.ts'

/** Chooses what the channels are required for. Where they are not needed to use a trial any more, held trials resume. */
export async function changeChannelRules(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'queue' | 'drivers' | 'vault'>,
  actor: Actor,
  change: Partial<Pick<ChannelRules, 'isForTrial' | 'isForUse'>>,
): Promise<{ readonly kind: 'changed'; readonly rules: ChannelRules } | Forbidden> {
  const result = await changeChannels<never>(deps, actor, (rules) => ({
    kind: 'changed',
    rules: { ...rules, ...change },
  }))
  if (result.kind === 'changed' && change.isForUse === false) await resumeTrials(deps)
  return result
}
