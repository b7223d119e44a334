import { HeldDiscountEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** A customer does not want to use the code now; invoices that were made with it stay as they are. */
export async function dropPromo({ db }: Pick<ShopDeps, 'db'>, customerId: CustomerId): Promise<void> {
  await db.em().nativeDelete(HeldDiscountEntity, { customerId, cause: 'promo' })
}
