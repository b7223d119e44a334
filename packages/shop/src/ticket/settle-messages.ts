import { TicketMessageEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { TicketMessageId } from './ticket.ts'

export interface SettledMessage {
  readonly id: TicketMessageId
  /** Where its copy stands; null when there is none and none will be made. */
  readonly copyMessageId: number | null
}

/** The chat of the copies, and the bot that made them. */
export interface CopyPlace {
  readonly chatId: number
  readonly botId: number
}

export const placed = ({ chatId, botId }: CopyPlace, copyMessageId: number | null) => ({
  copyMessageId,
  copyChatId: copyMessageId === null ? null : BigInt(chatId),
  copyBotId: copyMessageId === null ? null : BigInt(botId),
})

/** Messages were delivered, or given up: they are owed no more. The copies' places serve edits and replies. */
export async function settleMessages(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  messages: readonly SettledMessage[],
  place: CopyPlace,
): Promise<void> {
  const settledAt = clock.now()
  await db.transaction(async (em) => {
    for (const { id, copyMessageId } of messages)
      await em.nativeUpdate(
        TicketMessageEntity,
        { id, settledAt: null },
        { settledAt, ...placed(place, copyMessageId) },
      )
  })
}
