import { type ChannelRules, mostChannels, type RequiredChannel } from '@vpn-kiosk/domain'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import { type ChangeChannelsDeps, changeChannels } from './change-channels.ts'

export type AddChannelResult =
  | { readonly kind: 'changed'; readonly rules: ChannelRules }
  | { readonly kind: 'too_many'; readonly most: number }
  | Forbidden

/** Requires one more channel. One that is required already gets the title and the link of now. */
export const addChannel = (
  deps: ChangeChannelsDeps,
  actor: Actor,
  channel: RequiredChannel,
): Promise<AddChannelResult> =>
  changeChannels(deps, actor, (rules) => {
    const others = rules.channels.filter(({ chatId }) => chatId !== channel.chatId)
    if (others.length >= mostChannels) return { kind: 'too_many', most: mostChannels } as const
    return { kind: 'changed', rules: { ...rules, channels: [...others, channel] } } as const
  })
