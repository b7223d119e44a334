import { CustomerEntity } from '@vpn-kiosk/db'
import type { CustomerId, PaymentProvider } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { listReceiptProviders } from './list-receipt-providers.ts'

/** Where the receipt of a payment goes, null until the customer has said it; null altogether where the provider's account sends none. */
export async function findReceipt(
  { db, providers }: Pick<ShopDeps, 'db' | 'providers'>,
  { id, sendsReceipts }: PaymentProvider,
  customerId: CustomerId,
): Promise<{ readonly email: string | null } | null> {
  if (!sendsReceipts) return null
  const em = db.em()
  if (!(await listReceiptProviders(em, providers)).has(id)) return null
  const { receiptEmail } = await em.findOneOrFail(CustomerEntity, { id: customerId }, { fields: ['receiptEmail'] })
  return { email: receiptEmail ?? null }
}
