import { type EntityManager, sql } from '@vpn-kiosk/db'
import { type Currency, type CustomerId, type Money, money } from '@vpn-kiosk/domain'

/** What a customer has on the balance, by the books. */
export async function sumBalance(em: EntityManager, customerId: CustomerId, currency: Currency): Promise<Money> {
  const { minor } = await em
    .getKysely()
    .selectFrom('ledger_entries')
    // The shop owes it to the customer: a credit, so its entries are negative.
    .select(sql<string>`coalesce(-sum(amount_minor), 0)::text`.as('minor'))
    .where('account', '=', `customer:${customerId}`)
    .where('currency', '=', currency)
    .executeTakeFirstOrThrow()
  return money(BigInt(minor), currency)
}
