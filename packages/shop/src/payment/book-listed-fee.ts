import { sql } from '@vpn-kiosk/db'
import { feePosting, type Money, money, newId, type PaymentId, type ProviderId, subtractMoney } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'

interface ListedFee {
  readonly paymentId: PaymentId
  readonly provider: ProviderId
  readonly fee: Money
}

/**
 * Books what a provider says that it kept of a payment, where the books have none of it or another sum: not every provider
 * says it at once. False when they agree. The payment's row is locked, so that two comparisons at once book it once.
 */
export async function bookListedFee(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { paymentId, provider, fee }: ListedFee,
): Promise<boolean> {
  return db.transaction(async (em) => {
    const sold = await em
      .getKysely()
      .selectFrom('payments')
      .select('id')
      .where('id', '=', paymentId)
      .where('state', 'in', ['paid', 'refunded'])
      .forUpdate()
      .executeTakeFirst()
    if (!sold) return false
    const row = await em
      .getKysely()
      .selectFrom('ledger_postings as l')
      .innerJoin('ledger_entries as e', 'e.posting_id', 'l.id')
      .select(
        sql<string>`coalesce(sum(e.amount_minor) filter (where e.account = 'fees' and e.currency = ${fee.currency}), 0)::text`.as(
          'booked',
        ),
      )
      .where('l.payment_id', '=', paymentId)
      .having(sql<boolean>`count(*) > 0`)
      .executeTakeFirst()
    // A payment without postings was paid before there were books, or brought nothing.
    if (!row) return false
    const rest = subtractMoney(fee, money(BigInt(row.booked), fee.currency))
    if (rest.minor === 0n) return false
    const posting = { key: `fee:${newId('posting')}`, entries: feePosting(provider, rest) }
    await writePosting(em, { paymentId, at: clock.now(), posting })
    return true
  })
}
