import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type {
  Currency,
  Id,
  LedgerAccount,
  OrderId,
  OrderState,
  PaymentId,
  PaymentState,
  PaymentTrouble,
  ProviderId,
  ProviderReference,
} from '@vpn-kiosk/domain'
import { PlanEntity, PromoCodeEntity } from './catalogue.ts'
import { at, bigint, id, int, json, text } from './columns.ts'
import { CustomerEntity } from './people.ts'

export const OrderEntity = defineEntity({
  name: 'Order',
  tableName: 'orders',
  uniques: [{ properties: ['customerId', 'requestId'] }],
  indexes: [{ properties: ['customerId', 'createdAt'] }, { properties: ['state', 'expiresAt'] }],
  properties: {
    id: id<OrderId>().primary(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id'),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id'),
    promoCodeId: () => p.manyToOne(PromoCodeEntity).mapToPk().fieldName('promo_code_id').strictNullable(),
    state: text<OrderState>(),
    /** What was agreed: later changes of the plan do not touch it. */
    priceMinor: bigint(),
    currency: text<Currency>(),
    days: int(),
    /** Null in orders of older processes, which sell the plan's limits as they are when it is paid. */
    deviceLimit: int().nullable(),
    /** Null is unlimited, where `deviceLimit` says that the order has limits of its own. */
    trafficLimitBytes: bigint().nullable(),
    /** Of the button that was pressed: the second press finds what the first one made. */
    requestId: text().nullable(),
    createdAt: at(),
    expiresAt: at(),
    paidAt: at().strictNullable(),
  },
})
export type OrderRow = InferEntity<typeof OrderEntity>

export const PaymentEntity = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  checks: [{ name: 'payments_amount_positive', expression: 'amount_minor > 0' }],
  uniques: [{ properties: ['provider', 'reference'] }],
  indexes: [
    { properties: ['state', 'nextCheckAt'] },
    { properties: ['customerId', 'createdAt'] },
    { properties: ['createdAt'] },
    { properties: ['paidAt'] },
    { properties: ['reference'] },
    {
      name: 'payments_due',
      expression: `create index "payments_due" on "payments" ("next_check_at") where "state" in ('created', 'pending')`,
    },
    {
      name: 'payments_undecided',
      expression: `create index "payments_undecided" on "payments" ("created_at") where "decided_at" is null
        and ("state" = 'mismatch' or ("state" in ('expired', 'canceled') and "trouble" in ('unclear', 'unknown_invoice', 'refused')))`,
    },
  ],
  properties: {
    id: id<PaymentId>().primary(),
    orderId: () => p.manyToOne(OrderEntity).mapToPk().fieldName('order_id').index(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id'),
    provider: text<ProviderId>(),
    state: text<PaymentState>(),
    amountMinor: bigint(),
    currency: text<Currency>(),
    receivedMinor: bigint().strictNullable(),
    receivedCurrency: text<Currency>().strictNullable(),
    /** What came, as its provider wrote it, where the shop cannot account in it. */
    receivedRaw: text().nullable(),
    /** What the provider said that nobody can act on by itself, since when, and when staff were told. */
    trouble: text<PaymentTrouble>().nullable(),
    troubleSaid: text().nullable(),
    troubleSince: at().nullable(),
    troubleToldAt: at().nullable(),
    /** When somebody on the staff dealt with what only a human can end. */
    decidedAt: at().nullable(),
    /** What was seen to have been given back at the provider. */
    refundedMinor: bigint().nullable(),
    refundedCurrency: text<Currency>().nullable(),
    refundedRaw: text().nullable(),
    refundedAt: at().nullable(),
    /** The provider's id of the invoice; null until it answered. */
    reference: text<ProviderReference>().strictNullable(),
    url: text().strictNullable(),
    reason: text().strictNullable(),
    createdAt: at(),
    expiresAt: at(),
    paidAt: at().strictNullable(),
    /** When the sweep asks the provider again; null once there is nothing to ask. */
    nextCheckAt: at().strictNullable(),
    checks: int().default(0),
  },
})
export type PaymentRow = InferEntity<typeof PaymentEntity>

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

/** Every change of a payment's state, written in the transaction that made it. */
export const PaymentStepEntity = defineEntity({
  name: 'PaymentStep',
  tableName: 'payment_steps',
  properties: {
    id: p.bigint('bigint').primary().autoincrement(),
    paymentId: () => p.manyToOne(PaymentEntity).mapToPk().fieldName('payment_id').index(),
    before: text<PaymentState>().strictNullable(),
    after: text<PaymentState>(),
    cause: text(),
    at: at(),
  },
})

/** The webhook inbox: stored before it is answered, at most once by its key. */
export const PaymentWebhookEntity = defineEntity({
  name: 'PaymentWebhook',
  tableName: 'payment_webhooks',
  uniques: [{ properties: ['provider', 'key'] }],
  indexes: [
    {
      name: 'payment_webhooks_unhandled',
      expression: `create index "payment_webhooks_unhandled" on "payment_webhooks" ("received_at") where "handled_at" is null`,
    },
  ],
  properties: {
    id: id<Id<'webhook'>>().primary(),
    provider: text<ProviderId>(),
    key: text(),
    reference: text<ProviderReference>(),
    paymentId: text<PaymentId>().strictNullable(),
    summary: json<Record<string, unknown>>(),
    receivedAt: at(),
    handledAt: at().strictNullable().index(),
    /** When staff were told of money that no payment of ours asked for. */
    toldAt: at().nullable(),
  },
})

/** Where an invoice stands in a chat, so that the message can be edited once it is paid or closed. */
export const PaymentMessageEntity = defineEntity({
  name: 'PaymentMessage',
  tableName: 'payment_messages',
  properties: {
    botId: bigint().primary(),
    chatId: bigint().primary(),
    messageId: int().primary(),
    paymentId: () => p.manyToOne(PaymentEntity).mapToPk().fieldName('payment_id').index(),
    shownAt: at().index(),
  },
})

/** What a provider refuses, by its own sentence: staff are told of each once, and again after a quiet day. */
export const ProviderRefusalEntity = defineEntity({
  name: 'ProviderRefusal',
  tableName: 'provider_refusals',
  properties: {
    provider: p.text().$type<ProviderId>().primary(),
    reason: p.text().primary(),
    /** Since it was last told. */
    count: int(),
    firstAt: at(),
    lastAt: at().index(),
    toldAt: at(),
  },
})

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
