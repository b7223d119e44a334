import { StarChargeEntity } from '@vpn-kiosk/db'
import { money, type PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { bookLateMoney } from './book-late-money.ts'

/** Stars that came for a payment after it was settled: two checkouts were approved before either was paid. */
export async function bookLateCharges(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'checkpoint'>,
  paymentId: PaymentId,
): Promise<boolean> {
  const charges = await deps.db.em().find(StarChargeEntity, { paymentId })
  const came = charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  return bookLateMoney(deps, paymentId, money(came, 'XTR'))
}
