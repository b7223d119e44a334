import type { EntityManager } from '@vpn-kiosk/db'
import { type Currency, type CustomerId, type Money, money } from '@vpn-kiosk/domain'
import { sumBalance } from '../balance/sum-balance.ts'
import { sumPromised } from '../balance/sum-promised.ts'

/** What of the balance can be spent: all that is not promised to a refund. Who spends it has locked the customer. */
export async function freeBalance(em: EntityManager, customerId: CustomerId, currency: Currency): Promise<Money> {
  const balance = await sumBalance(em, customerId, currency)
  const promised = await sumPromised(em, customerId, currency)
  return money(balance.minor > promised ? balance.minor - promised : 0n, currency)
}
