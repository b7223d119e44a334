import { CustomerEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/** Remembers that Telegram will not deliver to this person; their next update clears it. */
export async function markUnreachable(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  telegramId: bigint,
): Promise<void> {
  await db.em().nativeUpdate(CustomerEntity, { telegramId, unreachableAt: null }, { unreachableAt: clock.now() })
}
