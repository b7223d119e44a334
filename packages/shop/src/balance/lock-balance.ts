import type { EntityManager } from '@vpn-kiosk/db'
import type { Currency, CustomerId, Money } from '@vpn-kiosk/domain'
import { sumBalance } from './sum-balance.ts'

/** A customer's balance, which nobody else spends or takes back until the caller's transaction ends. */
export async function lockBalance(em: EntityManager, customerId: CustomerId, currency: Currency): Promise<Money> {
  await em
    .getKysely()
    .selectFrom('customers')
    .select('id')
    .where('id', '=', customerId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return sumBalance(em, customerId, currency)
}
