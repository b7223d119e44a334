import { CustomerEntity } from '@vpn-kiosk/db'
import type { CustomerId, Language } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Sets the language a customer is spoken to in, for good. */
export async function changeLanguage(
  { db }: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
  language: Language,
): Promise<void> {
  await db.em().nativeUpdate(CustomerEntity, { id: customerId }, { language, isLanguageChosen: true })
}
