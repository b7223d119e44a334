import { defineEntity, p } from '@mikro-orm/core'
import type { Currency, Id, LedgerAccount, PaymentId, PlanId, ProviderId } from '@vpn-kiosk/domain'
import { at, bigint, id, json, text } from './columns.ts'
import { PaymentEntity } from './payment.ts'

export const LedgerPostingEntity = defineEntity({
  name: 'LedgerPosting',
  tableName: 'ledger_postings',
  properties: {
    id: id<Id<'posting'>>().primary(),
    /** What happened, once: `sale:pay_…`. The unique key makes a repeat fail. */
    key: text().unique(),
    paymentId: () => p.manyToOne(PaymentEntity).mapToPk().fieldName('payment_id').strictNullable().index(),
    at: at().index(),
  },
})

export const LedgerEntryEntity = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entries',
  indexes: [{ properties: ['account', 'currency'] }],
  properties: {
    id: p.bigint('bigint').primary().autoincrement(),
    postingId: () => p.manyToOne(LedgerPostingEntity).mapToPk().fieldName('posting_id').index(),
    account: text<LedgerAccount>(),
    /** Positive = debit, negative = credit; the entries of one posting sum to zero (a deferred trigger holds it). */
    amountMinor: bigint(),
    currency: text<Currency>(),
  },
})

/** Months whose figures stand: the database refuses postings and revenue that are dated into them or before. */
export const ClosedMonthEntity = defineEntity({
  name: 'ClosedMonth',
  tableName: 'closed_months',
  properties: {
    /** `2026-11`, of the shop's calendar. */
    month: p.text().primary(),
    /** Exclusive. */
    endsAt: at().index(),
    closedAt: at(),
    closedBy: bigint().strictNullable(),
    /** The month's report as it was read then; amounts as text. */
    figures: json<Record<string, unknown>>(),
  },
})

/** Revenue of a quarter of an hour, summed from the books: what a screen adds up instead of them. */
export const RevenueSlotEntity = defineEntity({
  name: 'RevenueSlot',
  tableName: 'revenue_slots',
  properties: {
    startsAt: at().primary(),
    currency: text<Currency>().primary(),
    amountMinor: bigint(),
  },
})

/**
 * What each payment sold, and how much of its price is still owed as time. The sum of `deferredMinor` is the balance of
 * the account `deferred`.
 */
export const SaleEntity = defineEntity({
  name: 'Sale',
  tableName: 'sales',
  checks: [{ name: 'sales_deferred_within', expression: 'deferred_minor >= 0 and deferred_minor <= amount_minor' }],
  indexes: [
    {
      name: 'sales_deferred',
      expression: 'create index "sales_deferred" on "sales" ("payment_id") where "deferred_minor" > 0',
    },
  ],
  properties: {
    paymentId: text<PaymentId>().primary(),
    provider: text<ProviderId>(),
    planId: text<PlanId>(),
    amountMinor: bigint(),
    currency: text<Currency>(),
    deferredMinor: bigint(),
    soldAt: at().index(),
  },
})

/** Revenue of the shop's days by what earned it: sold time that passed. Reports add it up instead of the books. */
export const RecognizedRevenueEntity = defineEntity({
  name: 'RecognizedRevenue',
  tableName: 'recognized_revenue',
  properties: {
    /** The start of the day in the shop's time zone. */
    day: at().primary(),
    provider: text<ProviderId>().primary(),
    planId: text<PlanId>().primary(),
    currency: text<Currency>().primary(),
    amountMinor: bigint(),
  },
})
