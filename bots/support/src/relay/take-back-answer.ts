import { classifyApiError } from '@vpn-kiosk/telegram'
import type { Message } from 'grammy/types'
import { takenBackView } from '../features/answers/views.ts'
import type { FoundCopy } from './found-copy.ts'
import type { EditDeps } from './relay-edits.ts'

/** Deletes the customer's copy of an answer that is a note now. Throws what may succeed with the agent's next edit. */
export async function takeBackAnswer(
  { api, shop, supportGroup }: EditDeps,
  edited: Message,
  { id, ticket, customer, copyMessageId }: Extract<FoundCopy, { kind: 'taken_back' }>,
): Promise<void> {
  const place = { chatId: Number(customer.telegramId), botId: supportGroup.place().botId }
  const isGone = copyMessageId !== null && (await isDeleted(() => api.deleteMessage(place.chatId, copyMessageId)))
  if (isGone) await shop.replaceCopy({ id, copyMessageId: null }, place)
  await supportGroup.say(ticket.id, takenBackView(supportGroup.t, isGone), edited.message_id)
}

/** Telegram lets a bot delete what it wrote within 48 hours; what the customer has deleted is gone as well. */
async function isDeleted(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    const { kind, description } = classifyApiError(error)
    if (kind === 'unauthorized' || kind === 'too_many') throw error
    return kind === 'gone' && /not found/i.test(description)
  }
}
