import type { OwedMessage, SettledMessage } from '@vpn-kiosk/shop'
import { classifyApiError } from '@vpn-kiosk/telegram'
import { type Api, GrammyError } from 'grammy'

export interface CopyRequest {
  readonly from: number
  readonly to: number
  readonly threadId?: number
  readonly messages: readonly [OwedMessage, ...OwedMessage[]]
  readonly replyToId: number | null
}

/** Copies a message, or an album as an album, without its author's name. */
export async function copyAcross(api: Api, request: CopyRequest): Promise<SettledMessage[]> {
  const { from, to, messages, replyToId } = request
  const place = request.threadId === undefined ? {} : { message_thread_id: request.threadId }
  const [first, ...rest] = messages
  if (rest.length > 0) {
    const ids = messages.map(({ sourceMessageId }) => sourceMessageId)
    const copies = await api.copyMessages(to, from, ids, place)
    // What can't be copied is left out silently; then nobody knows which copy is whose.
    const isWhole = copies.length === messages.length
    return messages.map(({ id }, index) => ({ id, copyMessageId: (isWhole && copies[index]?.message_id) || null }))
  }
  const reply =
    replyToId === null ? {} : { reply_parameters: { message_id: replyToId, allow_sending_without_reply: true } }
  const copy = await api.copyMessage(to, from, first.sourceMessageId, { ...place, ...reply })
  return [{ id: first.id, copyMessageId: copy.message_id }]
}

/** Nothing will ever make this copy: the original is gone, or of a kind that Telegram does not let copy. */
export function isHopeless(error: unknown): boolean {
  const { kind } = classifyApiError(error)
  return kind === 'gone' || (kind === 'other' && error instanceof GrammyError && error.error_code === 400)
}

/** The other side is not there any more: they blocked the bot or deleted the account. */
export function isAway(error: unknown): boolean {
  const { kind } = classifyApiError(error)
  return kind === 'blocked' || kind === 'chat_missing'
}
