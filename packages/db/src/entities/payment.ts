import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type {
  CardId,
  Currency,
  Id,
  PaymentDifference,
  PaymentId,
  PaymentState,
  PaymentTrouble,
  ProviderId,
  ProviderReference,
  RefundSource,
  RefundState,
} from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, json, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { OrderEntity } from './order.ts'

/** What an invoice says besides its amount. */
export interface AskedInvoice {
  readonly description: string
  readonly returnUrl: string
  readonly receiptEmail?: string | undefined
  readonly savesMethod?: boolean | undefined
}

export const PaymentEntity = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  checks: [{ name: 'payments_amount_positive', expression: 'amount_minor > 0' }],
  uniques: [{ properties: ['provider', 'reference'] }],
  indexes: [
    { properties: ['state', 'nextCheckAt'] },
    { properties: ['state', 'createdAt'] },
    { properties: ['customerId', 'createdAt'] },
    { properties: ['createdAt'] },
    { properties: ['provider', 'createdAt'] },
    { properties: ['provider', 'state', 'createdAt'] },
    { properties: ['paidAt'] },
    { properties: ['reference'] },
    {
      name: 'payments_due',
      expression: `create index "payments_due" on "payments" ("next_check_at") where "state" in ('created', 'pending')`,
    },
    {
      name: 'payments_undecided',
      expression: `create index "payments_undecided" on "payments" ("created_at") where "decided_at" is null
        and ("state" = 'mismatch' or ("state" in ('expired', 'canceled') and "trouble" in ('unclear', 'unknown_invoice', 'refused'))
        or "difference" is not null)`,
    },
  ],
  properties: {
    id: id<PaymentId>().primary(),
    orderId: () => p.manyToOne(OrderEntity).mapToPk().fieldName('order_id').index(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id'),
    provider: text<ProviderId>(),
    /** Which of the provider's ways to pay was chosen; null = its own page with all of them. */
    method: text().nullable(),
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
    /** How the provider's own list differs from what was settled; how much it lacks, and what it has, in its words. */
    difference: text<PaymentDifference>().nullable(),
    differenceMinor: bigint().nullable(),
    differenceSaid: text().nullable(),
    /** What staff gave up of it, in the currency of what was received. */
    writtenOffMinor: bigint().nullable(),
    /** When staff resolved a problem that only a person can resolve. */
    decidedAt: at().nullable(),
    /** The amount that the provider reports as refunded. */
    refundedMinor: bigint().nullable(),
    refundedCurrency: text<Currency>().nullable(),
    refundedRaw: text().nullable(),
    /** Of that, what had been given back when the payment was settled: what was received is without it. */
    refundedBeforeMinor: bigint().nullable(),
    refundedAt: at().nullable(),
    /** The provider's id of the invoice; null until it answered. */
    reference: text<ProviderReference>().strictNullable(),
    url: text().strictNullable(),
    /** What the provider was asked for while nobody knows its answer: a repeat must ask for the same. */
    asked: json<AskedInvoice>().nullable(),
    /** How often it refused to make an invoice. */
    refusals: int().default(0),
    /** The customer wishes that what is paid with is kept. */
    savesCard: flag().default(false),
    /** The saved card that it charges, without the customer; null of what a customer pays. */
    cardId: text<CardId>().nullable(),
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

/** Money that goes back. Of a payment one refund at a time is open. */
export const RefundEntity = defineEntity({
  name: 'Refund',
  tableName: 'refunds',
  checks: [{ name: 'refunds_amount_positive', expression: 'amount_minor > 0' }],
  uniques: [{ properties: ['paymentId', 'requestId'] }],
  indexes: [
    {
      name: 'refunds_one_open',
      expression: `create unique index "refunds_one_open" on "refunds" ("payment_id") where "state" in ('requested', 'pending')`,
    },
    {
      name: 'refunds_due',
      expression: `create index "refunds_due" on "refunds" ("next_try_at") where "state" in ('requested', 'pending')`,
    },
  ],
  properties: {
    id: id<Id<'refund'>>().primary(),
    paymentId: () => p.manyToOne(PaymentEntity).mapToPk().fieldName('payment_id').index(),
    state: text<RefundState>(),
    source: text<RefundSource>(),
    amountMinor: bigint(),
    currency: text<Currency>(),
    /** Of the button that was pressed; null where nobody on the staff asked. */
    requestId: text().strictNullable(),
    requestedBy: bigint().strictNullable(),
    /** The provider's own id of the refund. */
    reference: text().strictNullable(),
    /** Why it failed, or has not been carried out yet, in the provider's words. */
    reason: text().strictNullable(),
    tries: int(),
    nextTryAt: at().strictNullable(),
    createdAt: at(),
    closedAt: at().strictNullable().index(),
  },
})
export type RefundRow = InferEntity<typeof RefundEntity>

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
    /** When staff were told of money that belongs to no payment of the shop. */
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

/** Payments in Telegram Stars, as Telegram told of them: it finds none by the shop's id, and gives back by its own. */
export const StarChargeEntity = defineEntity({
  name: 'StarCharge',
  tableName: 'star_charges',
  checks: [{ name: 'star_charges_amount_positive', expression: 'amount_minor > 0' }],
  properties: {
    id: p.text().primary(),
    /** As the payload of the invoice says, or of a renewal the payment that was made for it; there may be no such payment. */
    paymentId: text<PaymentId>().index(),
    /** The first payment of the subscription that charged it; null for what is paid once. */
    subscriptionId: text<PaymentId>().nullable().index(),
    payerId: bigint(),
    amountMinor: bigint(),
    paidAt: at().index(),
    refundedAt: at().strictNullable().index(),
  },
})

/** What a provider refuses, by its own sentence: staff are told of each once, and again after a quiet day. */
export const ProviderRefusalEntity = defineEntity({
  name: 'ProviderRefusal',
  tableName: 'provider_refusals',
  properties: {
    provider: p.text().$type<ProviderId>().primary(),
    reason: p.text().primary(),
    /** The number of refusals since staff were last told. */
    count: int(),
    firstAt: at(),
    lastAt: at().index(),
    toldAt: at(),
  },
})

/** How a provider has answered lately, whichever process asked it. */
export const ProviderHealthEntity = defineEntity({
  name: 'ProviderHealth',
  tableName: 'provider_health',
  properties: {
    provider: p.text().$type<ProviderId>().primary(),
    /** Probes in a row without an answer, by a probe or by anything else. */
    failures: int().default(0),
    /** Why the last probe failed. */
    said: text().nullable(),
    /** The ways to pay that the account has, of those that can be offered apart; null where it has not said. */
    methods: json<readonly string[]>().nullable(),
    /** The account must send a fiscal receipt with each payment; null where it has not said. */
    needsReceipts: flag().nullable(),
    /** When it last refused to keep what was paid with. */
    savingRefusedAt: at().nullable(),
    probedAt: at().nullable(),
    /** When it last made an invoice, or said how one stands. */
    answeredAt: at().nullable(),
    /** Since when customers are not offered it; null while they are. */
    hiddenAt: at().nullable(),
  },
})
export type ProviderHealthRow = InferEntity<typeof ProviderHealthEntity>
