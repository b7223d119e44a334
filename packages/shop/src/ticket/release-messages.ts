import { TicketMessageEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { TicketMessageId } from './ticket.ts'

/** Messages could not be delivered now: whoever comes next may try. */
export async function releaseMessages({ db }: Pick<ShopDeps, 'db'>, ids: readonly TicketMessageId[]): Promise<void> {
  await db.em().nativeUpdate(TicketMessageEntity, { id: { $in: [...ids] }, settledAt: null }, { claimedAt: null })
}
