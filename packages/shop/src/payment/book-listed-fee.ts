import { sql } from '@vpn-kiosk/db'
import { feePosting, type Money, type PaymentId, type ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'

interface ListedFee {
  readonly paymentId: PaymentId
  readonly provider: ProviderId
  readonly fee: Money
}

/**
 * Books what a provider kept of a payment that is in the books without a fee: not every provider says it at once. False
 * when there was one already. The payment's row is locked, so that two comparisons at once book it once.
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
    const { isBooked } = await em
      .getKysely()
      .selectFrom('ledger_postings as l')
      .innerJoin('ledger_entries as e', 'e.posting_id', 'l.id')
      .select(sql<boolean>`coalesce(bool_or(e.account = 'fees'), true)`.as('isBooked'))
      .where('l.payment_id', '=', paymentId)
      .executeTakeFirstOrThrow()
    // A payment without postings was paid before there were books, or brought nothing.
    if (isBooked) return false
    const posting = { key: `fee:${paymentId}`, entries: feePosting(provider, fee) }
    await writePosting(em, { paymentId, at: clock.now(), posting })
    return true
  })
}
