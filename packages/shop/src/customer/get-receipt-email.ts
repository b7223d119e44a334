import { CustomerEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { listReceiptProviders } from '../payment/list-receipt-providers.ts'

export interface ReceiptEmail {
  /** Null until the customer has written it. */
  readonly email: string | null
  /** Some way to pay sends receipts there. */
  readonly isNeeded: boolean
}

/** Where a customer's own receipts go. Only the customer is ever shown it. */
export async function getReceiptEmail(
  { db, providers }: Pick<ShopDeps, 'db' | 'providers'>,
  id: CustomerId,
): Promise<ReceiptEmail> {
  const em = db.em()
  const { receiptEmail } = await em.findOneOrFail(CustomerEntity, { id }, { fields: ['receiptEmail'] })
  const needing = await listReceiptProviders(em, providers)
  return { email: receiptEmail ?? null, isNeeded: needing.size > 0 }
}
