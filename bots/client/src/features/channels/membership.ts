import { minuteMs, type RequiredChannel } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { classifyApiError } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import type { ChatMember } from 'grammy/types'

export interface Membership {
  /** Those of the channels that the person has not joined, as far as Telegram tells. */
  findMissing(person: number, channels: readonly RequiredChannel[]): Promise<RequiredChannel[]>
  /** What was known of this person there is not true any more. */
  forget(chatId: string, person: number): void
}

export interface MembershipDeps {
  readonly shop: Pick<Shop, 'reportChannel'>
  readonly api: Pick<Api, 'getChatMember'>
  readonly nowMs: () => number
}

/** Who is in is not asked about again for so long; who is not is asked about each time. */
const knownForMs = 3 * minuteMs
const mostKnown = 20_000
/** Staff hear of the same channel so often at most. */
const reportEveryMs = 60 * minuteMs

/**
 * Asks Telegram who is in a channel. Where Telegram does not tell, the person is let through: a bot that was removed
 * from a channel locks nobody out, and staff hear of it.
 */
export function createMembership({ shop, api, nowMs }: MembershipDeps): Membership {
  const knownUntil = new Map<string, number>()
  const reportedAt = new Map<string, number>()

  const report = async (channel: RequiredChannel, reason: string): Promise<void> => {
    const last = reportedAt.get(channel.chatId)
    if (last !== undefined && nowMs() - last < reportEveryMs) return
    reportedAt.set(channel.chatId, nowMs())
    await shop.reportChannel(channel, reason)
  }
  const isInside = async (person: number, channel: RequiredChannel): Promise<boolean> => {
    const key = keyOf(channel.chatId, person)
    if ((knownUntil.get(key) ?? 0) > nowMs()) return true
    try {
      if (!isMember(await api.getChatMember(channel.chatId, person))) return false
    } catch (error) {
      const { kind, description } = classifyApiError(error)
      if (kind !== 'unknown_outcome' && kind !== 'too_many') await report(channel, description)
      return true
    }
    if (knownUntil.size >= mostKnown) knownUntil.clear()
    knownUntil.set(key, nowMs() + knownForMs)
    return true
  }
  return {
    findMissing: async (person, channels) => {
      const inside = await Promise.all(channels.map((channel) => isInside(person, channel)))
      return channels.filter((_, at) => !inside[at])
    },
    forget: (chatId, person) => void knownUntil.delete(keyOf(chatId, person)),
  }
}

const keyOf = (chatId: string, person: number): string => `${chatId}:${person}`

export const isMember = (member: ChatMember): boolean =>
  member.status === 'restricted' ? member.is_member : member.status !== 'left' && member.status !== 'kicked'
