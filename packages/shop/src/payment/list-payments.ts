import {
  AddonEntity,
  CustomerEntity,
  GiftEntity,
  type GiftRow,
  OrderEntity,
  PaymentEntity,
  type PaymentRow,
  PlanEntity,
  PromoCodeEntity,
} from '@vpn-kiosk/db'
import {
  type AddonSize,
  type Currency,
  type CustomerId,
  type DiscountCause,
  type GiftState,
  type LocalizedText,
  type Money,
  money,
  type PaymentDifference,
  type PaymentId,
  type PaymentState,
  type PaymentTrouble,
  type ProviderId,
  type Received,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface PaymentLine {
  readonly id: PaymentId
  readonly state: PaymentState
  readonly amount: Money
  readonly received: Received | null
  /** What came on top of `received` and cannot be accounted in, as it was written. */
  readonly surplus: string | null
  /** What was seen to have been given back at the provider. */
  readonly refunded: Received | null
  /** What the provider last said that nobody can act on by itself. */
  readonly trouble: { readonly kind: PaymentTrouble; readonly said: string } | null
  /** How the provider's own list differs; absent where it does not. `missing`: how much it lacks. */
  readonly difference?: {
    readonly kind: PaymentDifference
    readonly missing: Money | null
    readonly said: string
  } | null
  /** What staff gave up of it; absent where they did not. */
  readonly writtenOff?: Money | null
  readonly provider: ProviderId
  /** Which of the provider's ways to pay was chosen; null for its page with all of them. */
  readonly method?: string | null
  /** What was off the list price, in the price list's currency; null where nothing was. */
  readonly discount?: { readonly cause: DiscountCause; readonly code: string | null; readonly off: Money } | null
  /** It was for somebody else. */
  readonly isGift?: boolean
  /** What became of a gift that was paid; null of everything else. */
  readonly gift?: PaidGift | null
  /** More devices or traffic, where that was bought. */
  readonly addon?: AddonSize | null
  /** Null of a top-up of the balance. */
  readonly planTitle: LocalizedText | null
  readonly customerName: string
  readonly customerId: CustomerId
  readonly createdAt: Date
  readonly paidAt: Date | null
  /** When staff dealt with what only a human can end. */
  readonly decidedAt: Date | null
}

export interface PaidGift {
  readonly state: GiftState
  readonly recipient: { readonly id: CustomerId; readonly name: string } | null
}

export interface PaymentPage {
  readonly lines: readonly PaymentLine[]
  /** The last payment of this page where older ones follow; null at the end. */
  readonly olderThan: PaymentId | null
}

const pageSize = 8

/** Which payments to list; `isUndecided`: those that wait for a human's decision. */
export interface PaymentsQuery {
  readonly customerId?: CustomerId
  readonly olderThan?: PaymentId
  readonly isUndecided?: boolean
  readonly state?: PaymentState
  readonly provider?: ProviderId
  /** Made since then. */
  readonly since?: Date
}

/**
 * Newest first; a customer's own, or everybody's for staff. `olderThan` is the last payment of the page before. Read by
 * key, so that the thousandth page costs what the first one does.
 */
export async function listPayments({ db }: Pick<ShopDeps, 'db'>, of: PaymentsQuery): Promise<PaymentPage> {
  const em = db.em()
  const last = of.olderThan
    ? await em.findOne(PaymentEntity, { id: of.olderThan }, { fields: ['id', 'createdAt'] })
    : null
  const payments = await em.find(
    PaymentEntity,
    {
      ...(of.customerId ? { customerId: of.customerId } : {}),
      ...(of.state ? { state: of.state } : {}),
      ...(of.provider ? { provider: of.provider } : {}),
      ...(of.isUndecided ? { decidedAt: null, $and: [awaitsDecision] } : {}),
      ...(of.since || last
        ? { createdAt: { ...(of.since && { $gte: of.since }), ...(last && { $lte: last.createdAt }) } }
        : {}),
      ...(last ? { $or: [{ createdAt: { $lt: last.createdAt } }, { id: { $lt: last.id } }] } : {}),
    },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: pageSize + 1 },
  )
  const shown = payments.slice(0, pageSize)
  return {
    lines: await describePayments(em, shown),
    olderThan: payments.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** The words of the index `payments_undecided`. */
const awaitsDecision = {
  $or: [
    { state: 'mismatch' as const },
    {
      state: { $in: ['expired' as const, 'canceled' as const] },
      trouble: { $in: ['unclear' as const, 'unknown_invoice' as const, 'refused' as const] },
    },
    { difference: { $ne: null } },
  ],
}

export async function describePayments(
  em: ReturnType<ShopDeps['db']['em']>,
  payments: PaymentRow[],
): Promise<PaymentLine[]> {
  const orders = await em.find(OrderEntity, { id: { $in: payments.map((payment) => payment.orderId) } })
  const planIds = orders.map(({ planId }) => planId).filter((id) => id !== null)
  const plans = await em.find(PlanEntity, { id: { $in: planIds } })
  const promoIds = orders.map(({ promoId }) => promoId ?? null).filter((id) => id !== null)
  const promos = promoIds.length > 0 ? await em.find(PromoCodeEntity, { id: { $in: promoIds } }) : []
  const addonIds = orders.map(({ kind, addonId }) => (kind === 'addon' ? addonId : null)).filter((id) => id != null)
  const addons = addonIds.length > 0 ? await em.find(AddonEntity, { id: { $in: addonIds } }) : []
  const hasGifts = orders.some(({ kind }) => kind === 'gift')
  const gifts = hasGifts ? await em.find(GiftEntity, { paymentId: { $in: payments.map(({ id }) => id) } }) : []
  const recipients = gifts.map(({ recipientId }) => recipientId).filter((id) => id !== null)
  const people = [...payments.map((payment) => payment.customerId), ...recipients]
  const customers = await em.find(CustomerEntity, { id: { $in: people } })
  return payments.map((payment) => {
    const order = orders.find((one) => one.id === payment.orderId)
    const customer = customers.find((one) => one.id === payment.customerId)
    const code = promos.find((one) => one.id === order?.promoId)?.code ?? null
    return {
      id: payment.id,
      state: payment.state,
      amount: money(payment.amountMinor, payment.currency),
      received: readStored(payment.receivedMinor, payment.receivedCurrency, payment.receivedRaw),
      surplus: (payment.receivedMinor !== null && payment.receivedRaw) || null,
      refunded: readStored(payment.refundedMinor ?? null, payment.refundedCurrency ?? null, payment.refundedRaw),
      trouble: payment.trouble ? { kind: payment.trouble, said: payment.troubleSaid ?? '' } : null,
      difference: differenceOf(payment),
      writtenOff: inReceived(payment, payment.writtenOffMinor ?? null),
      provider: payment.provider,
      method: payment.method ?? null,
      discount: order?.discountCause
        ? { cause: order.discountCause, code, off: money(order.discountMinor, order.currency) }
        : null,
      isGift: order?.kind === 'gift',
      gift: giftOf(
        gifts.find(({ paymentId }) => paymentId === payment.id),
        customers,
      ),
      addon: order?.kind === 'addon' ? sizeOf(addons.find(({ id }) => id === order.addonId)) : null,
      planTitle: order?.kind === 'top_up' ? null : (plans.find((one) => one.id === order?.planId)?.title ?? {}),
      customerName: customer?.firstName ?? '',
      customerId: payment.customerId,
      createdAt: payment.createdAt,
      paidAt: payment.paidAt,
      decidedAt: payment.decidedAt ?? null,
    }
  })
}

const sizeOf = (addon: AddonSize | undefined): AddonSize | null =>
  addon ? { kind: addon.kind, amount: addon.amount } : null

function giftOf(
  gift: GiftRow | undefined,
  customers: readonly { id: CustomerId; firstName: string }[],
): PaidGift | null {
  if (!gift) return null
  const recipient = customers.find(({ id }) => id === gift.recipientId)
  return { state: gift.state, recipient: recipient ? { id: recipient.id, name: recipient.firstName } : null }
}

function differenceOf(payment: PaymentRow) {
  const { difference, differenceMinor, differenceSaid } = payment
  if (!difference) return null
  return { kind: difference, missing: inReceived(payment, differenceMinor ?? null), said: differenceSaid ?? '' }
}

const inReceived = ({ receivedCurrency }: PaymentRow, minor: bigint | null): Money | null =>
  minor === null || receivedCurrency === null ? null : money(minor, receivedCurrency)

function readStored(minor: bigint | null, currency: Currency | null, raw: string | null | undefined): Received | null {
  if (minor !== null && currency !== null) return money(minor, currency)
  return raw ? { raw } : null
}
