import { CustomerEntity, LockMode } from '@vpn-kiosk/db'
import { type CustomerId, parseEmail } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export type SaveReceiptEmailResult =
  | { readonly kind: 'saved'; readonly email: string }
  /** It is no address that a receipt could be sent to. */
  | { readonly kind: 'invalid_email' }
  | { readonly kind: 'banned' }

/** Keeps the address that a customer's receipts go to; the one before is forgotten. */
export async function saveReceiptEmail(
  { db }: Pick<ShopDeps, 'db'>,
  id: CustomerId,
  typed: string,
): Promise<SaveReceiptEmailResult> {
  const email = parseEmail(typed)
  if (email === null) return { kind: 'invalid_email' }
  return db.transaction(async (em) => {
    const customer = await em.findOneOrFail(CustomerEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (customer.bannedAt) return { kind: 'banned' }
    await em.nativeUpdate(CustomerEntity, { id }, { receiptEmail: email })
    return { kind: 'saved', email }
  })
}
