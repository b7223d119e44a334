import type { Message } from 'grammy/types'

/**
 * What a person can put into a message, in Telegram's own words. An animation also carries a `document`, a venue a
 * `location`: the narrower word comes first.
 */
const contents = [
  'text',
  'photo',
  'animation',
  'document',
  'video',
  'video_note',
  'voice',
  'audio',
  'sticker',
  'venue',
  'location',
  'contact',
  'poll',
  'dice',
  'story',
  'paid_media',
  'checklist',
  'game',
  'invoice',
  'giveaway',
  'giveaway_winners',
] as const satisfies readonly (keyof Message)[]

export type MessageContent = (typeof contents)[number]

/**
 * What a person wrote or sent; null when the message is Telegram's own news (a pin, a gift, a payment, a background
 * set …), of which there are new kinds every few months and to which nobody expects an answer.
 *
 * @example
 * const content = contentOf(ctx.msg)
 * if (content === null) return // a pin, a join, a topic that was closed
 */
export const contentOf = (message: Message): MessageContent | null =>
  contents.find((one) => message[one] !== undefined) ?? null
