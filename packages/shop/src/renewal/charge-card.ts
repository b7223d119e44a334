import {
  type AskedInvoice,
  CustomerEntity,
  type EntityManager,
  OrderEntity,
  PaymentEntity,
  PaymentStepEntity,
  PeriodEntity,
  SavedCardEntity,
} from '@vpn-kiosk/db'
import {
  addMs,
  type CancelReason,
  type ChargesSaved,
  chargesSaved,
  hourMs,
  minuteMs,
  money,
  type PaymentId,
  type PaymentProvider,
  type ProviderReference,
  ProviderRefused,
  ProviderUnreachable,
  ReceiptRefused,
  SavedMethodGone,
  textIn,
} from '@vpn-kiosk/domain'
import { closePayment } from '../payment/close-payment.ts'
import { findPayment, type StoredPayment } from '../payment/find-payment.ts'
import { findReceipt } from '../payment/find-receipt.ts'
import { noteReceipts } from '../payment/note-receipts.ts'
import { recordRefusal } from '../payment/record-refusal.ts'
import { settlePayment } from '../payment/settle-payment.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { getShop } from '../setting/get-shop.ts'
import { type LockedRenewal, lockRenewal } from './lock-renewal.ts'
import { renewalRequestId } from './renewal-request-id.ts'

/**
 * Has the provider charge a card as it was stored, and settles what came of it. Safe to repeat, at once and after a crash
 * at any moment: it is one payment at the provider. A customer who has switched auto-renewal off, or removed the card,
 * meanwhile is not charged.
 */
export async function chargeCard(
  deps: SettlePaymentDeps,
  paymentId: PaymentId,
): Promise<'renewed' | 'failed' | 'waits'> {
  const payment = await findPayment(deps.db, paymentId)
  const provider = payment && deps.providers.get(payment.provider)
  if (!payment || !provider || !chargesSaved(provider)) return 'waits'
  try {
    if (payment.reference === null) {
      const refused = await ask(deps, provider, payment)
      if (refused === 'waits') return 'waits'
      if (refused) {
        await closePayment(deps, payment, { reason: refused, trouble: null })
        return 'failed'
      }
    }
    const { kind } = await settlePayment(deps, paymentId)
    if (kind === 'settled' || kind === 'already_settled') return 'renewed'
    return kind === 'canceled' ? 'failed' : 'waits'
  } catch (error) {
    // Nobody knows whether it was charged: it is asked for again, and stays one payment.
    if (error instanceof ProviderUnreachable) return 'waits'
    throw error
  }
}

/** So much the provider's clock may be behind. */
const clockDiffersMs = hourMs

type Provider = PaymentProvider & ChargesSaved

/** Null when the provider has made the payment, whatever its state; otherwise why it has not. */
async function ask(
  deps: SettlePaymentDeps,
  provider: Provider,
  payment: StoredPayment,
): Promise<CancelReason | 'waits' | null> {
  const receipt = await findReceipt(deps, provider, payment.customerId)
  if (receipt?.email === null) return 'receipt_needed'
  const claimed = await claim(deps, payment, {
    description: await describe(deps, payment),
    returnUrl: '',
    ...(receipt && { receiptEmail: receipt.email }),
  })
  if (!claimed) return 'waits'
  deps.checkpoint('card:claimed')
  try {
    const { methodId, askedSince, asked } = claimed
    const amount = money(payment.amountMinor, payment.currency)
    const { description, receiptEmail } = asked
    const request = { paymentId: payment.id, methodId, amount, description, receiptEmail, askedSince }
    const { reference } = await provider.chargeSaved(request)
    deps.checkpoint('card:charged')
    await attach(deps, payment.id, reference)
    deps.checkpoint('card:attached')
    return null
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    if (error instanceof SavedMethodGone) return 'permission_revoked'
    if (error instanceof ReceiptRefused) await noteReceipts(deps, provider)
    else await recordRefusal(deps, provider.id, error.message, 'cards')
    return 'declined'
  }
}

interface Claimed {
  readonly methodId: string
  readonly asked: AskedInvoice
  readonly askedSince: Date | undefined
}

/**
 * The last look before money is asked for, with everything locked: the customer still wants it, and the card is theirs and
 * not removed. What is asked for is kept, since a repeat must say the same.
 */
const claim = (deps: SettlePaymentDeps, payment: StoredPayment, wish: AskedInvoice): Promise<Claimed | null> =>
  deps.db.transaction(async (em) => {
    const { id, customerId, cardId } = payment
    const locked = await lockRenewal(em, customerId)
    if (!locked?.renewal?.nextAt || locked.renewal.source !== 'card' || locked.isBanned || !cardId) return null
    const card = await em.findOne(SavedCardEntity, { id: cardId, customerId, removedAt: null })
    const row = await em.findOne(PaymentEntity, { id, state: 'created' })
    if (!card?.secret || !row || !(await isForThisEnd(em, payment, locked.subscription))) return null
    const asked = row.asked ?? wish
    if (!row.asked) await em.nativeUpdate(PaymentEntity, { id }, { asked: wish })
    const wasAsked = row.asked != null || row.refusals > 0
    const methodId = deps.vault.open<string>(card.secret, `saved_cards.secret:${card.id}`)
    return { methodId, asked, askedSince: wasAsked ? addMs(row.createdAt, -clockDiffersMs) : undefined }
  })

/**
 * Bought by hand or given meanwhile: what has not been charged yet is not needed. What is only lent behind the end is there
 * so that this end can be paid for yet, after an outage for one.
 */
async function isForThisEnd(
  em: EntityManager,
  { orderId }: StoredPayment,
  { id, endsAt }: LockedRenewal['subscription'],
): Promise<boolean> {
  if (!endsAt) return false
  const lent = await em.findOne(
    PeriodEntity,
    { subscriptionId: id, endsAt, key: { $like: 'grace:%' } },
    { fields: ['startsAt'] },
  )
  const requestId = renewalRequestId(id, lent?.startsAt ?? endsAt)
  return (
    (await em.count(OrderEntity, { id: orderId, requestId: { $in: [requestId, renewalRequestId(id, endsAt)] } })) > 0
  )
}

/** What stands on the customer's statement: the shop and the plan, by their own names. */
async function describe(deps: SettlePaymentDeps, { orderId, customerId }: StoredPayment): Promise<string> {
  const { name } = await getShop(deps)
  const { language } = await deps.db.em().findOneOrFail(CustomerEntity, { id: customerId }, { fields: ['language'] })
  const plan = await deps.db
    .getKysely()
    .selectFrom('orders as o')
    .innerJoin('plans as p', 'p.id', 'o.plan_id')
    .select('p.title')
    .where('o.id', '=', orderId)
    .executeTakeFirst()
  return plan ? `${name}: ${textIn(plan.title, language)}` : name
}

/** A webhook may have overtaken the answer: a payment that moved on stays where it is. */
const attach = (deps: SettlePaymentDeps, id: PaymentId, reference: ProviderReference): Promise<void> =>
  deps.db.transaction(async (em) => {
    const at = deps.clock.now()
    const change = { reference, state: 'pending', nextCheckAt: addMs(at, minuteMs) } as const
    if (!(await em.nativeUpdate(PaymentEntity, { id, state: 'created' }, change))) return
    await em.insert(PaymentStepEntity, { paymentId: id, before: 'created', after: 'pending', cause: 'invoice', at })
  })
