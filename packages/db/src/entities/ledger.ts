import { defineEntity, p } from '@mikro-orm/core'
import type { Currency, Id, LedgerAccount } from '@vpn-kiosk/domain'
import { at, bigint, id, text } from './columns.ts'
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
