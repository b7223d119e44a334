import { CustomerEntity, sql } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Forgets the address that a customer's receipts go to, also where a provider has not answered a request that names it. */
export async function deleteReceiptEmail({ db }: Pick<ShopDeps, 'db'>, id: CustomerId): Promise<void> {
  await db.transaction(async (em) => {
    await em.nativeUpdate(CustomerEntity, { id }, { receiptEmail: null })
    await em
      .getKysely()
      .updateTable('payments')
      .set({ asked: null, refusals: sql<number>`refusals + 1` })
      .where('customer_id', '=', id)
      .where('asked', 'is not', null)
      .execute()
  })
}
