import { TicketMessageEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { type CopyPlace, placed, type SettledMessage } from './settle-messages.ts'

/** A copy was made anew, because the old one took no edit: the next edit changes the new one. */
export async function replaceCopy(
  { db }: Pick<ShopDeps, 'db'>,
  { id, copyMessageId }: SettledMessage,
  place: CopyPlace,
): Promise<void> {
  await db.em().nativeUpdate(TicketMessageEntity, { id }, placed(place, copyMessageId))
}
