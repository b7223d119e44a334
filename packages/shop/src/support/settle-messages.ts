import { TicketMessageEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { TicketMessageId } from './ticket.ts'

export interface SettledMessage {
  readonly id: TicketMessageId
  /** Where its copy stands; null when there is none and none will be made. */
  readonly copyMessageId: number | null
}

/** Messages were delivered, or given up: they are owed no more. The copies' ids serve edits and replies. */
export async function settleMessages(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  messages: readonly SettledMessage[],
): Promise<void> {
  const settledAt = clock.now()
  await db.transaction(async (em) => {
    for (const { id, copyMessageId } of messages)
      await em.nativeUpdate(TicketMessageEntity, { id, settledAt: null }, { settledAt, copyMessageId })
  })
}

/** Messages could not be delivered now: whoever comes next may try. */
export async function releaseMessages({ db }: Pick<ShopDeps, 'db'>, ids: readonly TicketMessageId[]): Promise<void> {
  await db.em().nativeUpdate(TicketMessageEntity, { id: { $in: [...ids] }, settledAt: null }, { claimedAt: null })
}
