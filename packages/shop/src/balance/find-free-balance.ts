import type { EntityManager } from '@vpn-kiosk/db'
import { type Currency, type CustomerId, type Money, money } from '@vpn-kiosk/domain'
import { lockBalance } from './lock-balance.ts'
import { sumPromised } from './sum-promised.ts'

/** What of a customer's balance may be spent: without what is promised to refunds. It stays locked. */
export async function findFreeBalance(em: EntityManager, customerId: CustomerId, currency: Currency): Promise<Money> {
  const balance = await lockBalance(em, customerId, currency)
  const promised = await sumPromised(em, customerId, currency)
  return money(balance.minor > promised ? balance.minor - promised : 0n, currency)
}
