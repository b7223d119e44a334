import type { EntityManager } from '@vpn-kiosk/db'
import { type CustomerId, discountPlan, type Plan } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readDiscounts } from './read-discounts.ts'

/**
 * Plans at the prices that this customer pays now: of all discounts the best applies to each. Whatever shows or asks for
 * a price calls this.
 *
 * @example
 * const [priced] = await priceForCustomer(deps, em, customerId, [plan], now)
 * priced.price // what is paid
 * priced.discount // why, until when, and what it costs everybody else; absent where nothing is off
 */
export async function priceForCustomer<const P extends readonly Plan[]>(
  deps: Pick<ShopDeps, 'policy'>,
  em: EntityManager,
  customerId: CustomerId,
  plans: P,
  now: Date,
): Promise<{ -readonly [K in keyof P]: Plan }> {
  const discounts = await readDiscounts(deps, em, customerId, now)
  return plans.map((plan) => discountPlan(plan, discounts)) as { -readonly [K in keyof P]: Plan }
}
