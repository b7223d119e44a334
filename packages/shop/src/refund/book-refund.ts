import { anyOf, type EntityManager, type RefundRow, StarChargeEntity } from '@vpn-kiosk/db'
import {
  type AddonSize,
  balanceProvider,
  type CustomerId,
  deferredOf,
  divideRefund,
  endGraceBehind,
  giftReturnPosting,
  type LedgerEntry,
  lastStretch,
  type Money,
  money,
  type PaymentId,
  type PaymentState,
  type ProviderId,
  recognitionPosting,
  refundPosting,
  refundTransitions,
  remainingMsOf,
  type Stretch,
  type SubscriptionId,
  shortenStretch,
  startOfDay,
  statesBefore,
  suspensePosting,
} from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { findGrantedAddon, type GrantedAddon, takeBackAddon } from '../addon/take-back-addon.ts'
import { lockBalance } from '../balance/lock-balance.ts'
import { sumPromised } from '../balance/sum-promised.ts'
import type { ShopDeps } from '../deps.ts'
import { closeGift, type LockedGift, lockGiftOf } from '../gift/lock-gift.ts'
import { recordRecognized } from '../ledger/record-recognized.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { changePaymentState } from '../payment/change-payment-state.ts'
import { takeBackReferralBonus } from '../referral/take-back-referral-bonus.ts'
import { takeBackReferralMoney } from '../referral/take-back-referral-money.ts'
import { endRenewal } from '../renewal/end-renewal.ts'
import { lockOrCreateSubscription, readQueue, storeQueue } from '../subscription/stretch-queue.ts'
import { sumRefunds } from './sum-refunds.ts'

export type BookRefundDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault' | 'policy' | 'checkpoint'>

/** The payment of a refund, locked. */
export interface LockedPayment {
  readonly id: PaymentId
  readonly customerId: CustomerId
  readonly provider: ProviderId
  readonly state: PaymentState
  readonly price: Money
  /** What came; of a paid payment the price at least. */
  readonly received: Money
  /** The sum of its refunds that are booked, since it was settled. */
  readonly refunded: Money
  /** What staff gave up of it, in minor units of what came. */
  readonly writtenOff: bigint
  /** What had been given back when it was settled, in minor units: the provider's sum has it, `received` does not. */
  readonly refundedBefore: bigint
  /** Of what went to the balance as a whole (a top-up, a gift that ended there): what is left, in minor units; null of anything else. */
  readonly topUpLeft: bigint | null
  /** Of a gift: how it stands. */
  readonly gift: LockedGift | null
  /** What is left on the balance and promised to no refund; zero where nothing of this payment went there. */
  readonly freeBalance: bigint
}

/** Null when there is no such payment. Refunds of one payment go one after another. */
export async function lockPayment(em: EntityManager, id: PaymentId): Promise<LockedPayment | null> {
  const row = await em
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .select(['p.id', 'p.customer_id', 'p.provider', 'p.state', 'p.amount_minor', 'p.currency'])
    .select([
      'p.received_minor',
      'p.received_currency',
      'p.paid_at',
      'p.refunded_before_minor',
      'o.kind',
      'p.written_off_minor',
    ])
    .where('p.id', '=', id)
    .forNoKeyUpdate('p')
    .executeTakeFirst()
  if (!row) return null
  const price = money(BigInt(row.amount_minor), row.currency)
  // Of what came in a form that the books do not hold, they can give nothing back: staff do it at the provider.
  const unread = row.state === 'mismatch' ? money(0n, price.currency) : price
  const received =
    row.received_minor === null || row.received_currency === null
      ? unread
      : money(BigInt(row.received_minor), row.received_currency)
  const { customer_id: customerId, provider, state, kind } = row
  const refunded = money(await sumRefunds(em, id, state === 'mismatch' ? null : row.paid_at), received.currency)
  const gift = kind === 'gift' ? await lockGiftOf(em, id) : null
  const isTopUp = kind === 'top_up' || gift?.state === 'returned' || gift?.state === 'refunded'
  const wentToBalance = isTopUp || (state === 'paid' && received.minor > price.minor)
  const left = wentToBalance ? atLeastZero((await lockBalance(em, customerId, received.currency)).minor) : 0n
  const promised = left > 0n ? await sumPromised(em, customerId, received.currency) : 0n
  const balance = { topUpLeft: isTopUp ? left : null, freeBalance: atLeastZero(left - promised) }
  const refundedBefore = BigInt(row.refunded_before_minor ?? 0)
  const sums = { price, received, refunded, refundedBefore, writtenOff: BigInt(row.written_off_minor ?? 0) }
  return { id, customerId, provider, state, ...sums, gift, ...balance }
}

export const atLeastZero = (minor: bigint): bigint => (minor > 0n ? minor : 0n)

/** What a refund takes from the subscription that the payment extended. */
interface TimeTaken {
  readonly takenMs: number
  /** The subscription's end afterwards; null where there is none. */
  readonly endsAt: Date | null
}

/**
 * Books a refund that the caller has just marked `done`, with what it takes: the rules are in `domain/payment/refund.ts`.
 * In the caller's transaction, which has locked the payment before.
 */
export async function bookRefund(
  deps: BookRefundDeps,
  em: EntityManager,
  payment: LockedPayment,
  refund: Pick<RefundRow, 'id' | 'amountMinor'>,
  now: Date,
): Promise<void> {
  const amount = money(refund.amountMinor, payment.received.currency)
  const isWhole = payment.refunded.minor + amount.minor >= payment.received.minor
  const { entries, time, addon }: Taken & { readonly entries: LedgerEntry[] } =
    payment.state === 'mismatch'
      ? { entries: suspensePosting(payment.provider, money(-amount.minor, amount.currency)), time: null }
      : payment.topUpLeft !== null
        ? { entries: takeFromBalance(payment, amount, payment.topUpLeft), time: null }
        : payment.gift?.state === 'waiting'
          ? { entries: await takeFromGift(em, payment, payment.gift, amount, now), time: null }
          : await takeFromSale(deps, em, payment, amount, now)
  const posting = { key: `refund:${refund.id}`, entries }
  if (isWhole) await changePaymentState(em, { payment, to: 'refunded', cause: 'refunded', posting, at: now })
  else await writePosting(em, { paymentId: payment.id, at: now, posting })
  await noteRefunded(em, payment, amount, now)
  const refunded = payment.refunded.minor + amount.minor
  const share = { paymentId: payment.id, refundId: refund.id, refunded, paid: payment.price.minor }
  if (payment.state === 'paid') await takeBackReferralMoney(deps, em, share, now)
  if (payment.state === 'paid' && refunded >= payment.price.minor)
    await takeBackReferralBonus(deps, em, payment.id, now)
  const isOwn = ownerOf(payment) === payment.customerId
  if (isOwn && refunded >= payment.price.minor && (time || (await isChargedAgain(em, payment))))
    await endRenewal(deps, em, payment.customerId, now)
  await tellCustomer(deps, em, { payment, refundId: refund.id, amount, time, ...(addon && { addon }) }, now)
  await notifyStaff(deps, em, { kind: 'refunded', paymentId: payment.id }, now)
  deps.checkpoint('refund:before-commit')
}

/**
 * Telegram would charge again, or the shop the card that this was paid with, also where the time of this payment has passed:
 * a chargeback comes late, and says that its owner never wanted it.
 */
async function isChargedAgain(em: EntityManager, { id, customerId }: LockedPayment): Promise<boolean> {
  if (await em.count(StarChargeEntity, { paymentId: id, subscriptionId: { $ne: null } })) return true
  const charges = await em
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('subscriptions as s', 's.customer_id', 'p.customer_id')
    .innerJoin('renewals as r', 'r.subscription_id', 's.id')
    .select('r.subscription_id')
    .where('p.id', '=', id)
    .where('s.customer_id', '=', customerId)
    .where('r.source', '=', 'card')
    .where('r.next_at', 'is not', null)
    .where((eb) => eb.or([eb('p.card_id', 'is not', null), eb('p.saves_card', '=', true)]))
    .executeTakeFirst()
  return charges !== undefined
}

/** Marks a refund as carried out; false when it was, or has failed. */
export async function closeRefund(em: EntityManager, id: RefundRow['id'], now: Date): Promise<boolean> {
  const closed = await em
    .getKysely()
    .updateTable('refunds')
    .set({ state: 'done', closed_at: now, next_try_at: null, reason: null })
    .where('id', '=', id)
    .where('state', '=', anyOf(statesBefore(refundTransitions, 'done')))
    .returning('id')
    .executeTakeFirst()
  return closed !== undefined
}

/** What is taken beside the money. */
interface Taken {
  readonly time: TimeTaken | null
  readonly addon?: AddonSize
}

/** Of a top-up: from the balance, as far as it goes. */
const takeFromBalance = ({ provider, customerId }: LockedPayment, amount: Money, balance: bigint): LedgerEntry[] =>
  refundPosting(provider, customerId, divideRefund(amount, { ofSurplus: amount.minor, deferred: 0n, balance }))

/** Ends a gift that nobody has activated: what is not given back of its price is the giver's balance. */
async function takeFromGift(
  em: EntityManager,
  payment: LockedPayment,
  gift: LockedGift,
  amount: Money,
  now: Date,
): Promise<LedgerEntry[]> {
  const { provider, customerId, price } = payment
  await closeGift(em, gift, 'refunded', { at: now })
  const ofSurplus = surplusPart(payment, amount)
  const balance = ofSurplus > 0n ? await leftOnBalance(em, payment) : 0n
  const parts = divideRefund(amount, { ofSurplus, deferred: price.minor, balance })
  const rest = money(price.minor - parts.deferred.minor, price.currency)
  return [...refundPosting(provider, customerId, parts, 'gifts'), ...giftReturnPosting(customerId, rest)]
}

const leftOnBalance = async (em: EntityManager, { customerId, price }: LockedPayment): Promise<bigint> =>
  atLeastZero((await lockBalance(em, customerId, price.currency)).minor)

/** Ends what the refund pays for of the stretch, and takes the money from where it is owed. */
async function takeFromSale(
  deps: BookRefundDeps,
  em: EntityManager,
  payment: LockedPayment,
  amount: Money,
  now: Date,
): Promise<Taken & { readonly entries: LedgerEntry[] }> {
  const granted = await findGrantedAddon(em, payment, now)
  if (granted) return takeFromAddon(deps, em, payment, { amount, granted }, now)
  const { subscription } = await lockOrCreateSubscription(em, ownerOf(payment), now)
  const key = `payment:${payment.id}`
  const before = await readQueue(em, subscription, now, key)
  const stretch = before.stretches.find((one) => one.key === key) ?? null
  const entries = await takeMoney(deps, em, payment, { amount, stretch }, now)
  const ofPrice = amount.minor - surplusPart(payment, amount)
  const shorter = stretch && shortenStretch(before.stretches, key, shareMs(stretch, ofPrice, payment.price.minor), now)
  const isAll = payment.refunded.minor + amount.minor >= payment.price.minor
  const after = (isAll ? endGraceBehind(shorter ?? before.stretches, key, now) : null) ?? shorter
  if (!after) return { entries, time: null }
  await storeQueue(em, { subscription, before, after }, now)
  await requestAccess(deps, em, subscription.id as SubscriptionId, now)
  const endedAt = subscription.endsAt ?? now
  const endsAt = lastStretch(after)?.endsAt ?? now
  return { entries, time: { takenMs: Math.max(0, endedAt.getTime() - endsAt.getTime()), endsAt } }
}

/** Takes the same share of an add-on, and the money from where it is owed. */
async function takeFromAddon(
  deps: BookRefundDeps,
  em: EntityManager,
  payment: LockedPayment,
  { amount, granted }: { readonly amount: Money; readonly granted: GrantedAddon },
  now: Date,
): Promise<Taken & { readonly entries: LedgerEntry[] }> {
  const entries = await takeMoney(deps, em, payment, { amount, stretch: granted.span }, now)
  const refunded = payment.refunded.minor + amount.minor
  const addon = await takeBackAddon(deps, em, granted, { refunded, price: payment.price.minor }, now)
  return { entries, time: null, ...(addon.amount > 0 && { addon }) }
}

interface MoneyBack {
  readonly amount: Money
  /** What the price is earned with; null when nothing of it is left. */
  readonly stretch: Pick<Stretch, 'startsAt' | 'endsAt' | 'lengthMs'> | null
}

/** Of the price, what is owed for time that has not passed; of what came beyond it, what is left on the balance. */
async function takeMoney(
  deps: BookRefundDeps,
  em: EntityManager,
  payment: LockedPayment,
  { amount, stretch }: MoneyBack,
  now: Date,
): Promise<LedgerEntry[]> {
  const ofSurplus = surplusPart(payment, amount)
  const sale = await lockSale(em, payment.id)
  const owed = sale ? BigInt(sale.deferred_minor) : null
  const rest =
    stretch && owed !== null
      ? least(owed, deferredOf(payment.price.minor, remainingMsOf(stretch, now), stretch.lengthMs))
      : 0n
  const balance = ofSurplus > 0n ? await leftOnBalance(em, payment) : 0n
  const parts = divideRefund(amount, { ofSurplus, deferred: rest, balance })
  if (owed !== null) await setDeferred(em, payment.id, rest - parts.deferred.minor)
  const passed = (owed ?? 0n) - rest
  if (sale && passed > 0n) {
    const line = { provider: sale.provider, planId: sale.plan_id, currency: sale.currency, minor: passed }
    await recordRecognized(em, startOfDay(now, deps.policy.timeZone), [line])
  }
  return [
    ...recognitionPosting(money(passed, amount.currency)),
    ...refundPosting(payment.provider, payment.customerId, parts),
  ]
}

/** Whose time the payment bought. */
const ownerOf = ({ customerId, gift }: LockedPayment): CustomerId => gift?.recipientId ?? customerId

/** Of an amount: what is beyond the price, counting what has been given back before. */
function surplusPart({ price, refunded }: LockedPayment, amount: Money): bigint {
  const beyond = (sum: bigint) => (sum > price.minor ? sum - price.minor : 0n)
  return beyond(refunded.minor + amount.minor) - beyond(refunded.minor)
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** The time that a part of the price bought, rounded up. */
const shareMs = ({ lengthMs }: Stretch, part: bigint, price: bigint): number =>
  part >= price ? Number.POSITIVE_INFINITY : Number((BigInt(lengthMs) * part + price - 1n) / price)

/** What a payment sold, and what is still owed of it; nothing where it was booked as revenue at once, by an earlier version. */
const lockSale = (em: EntityManager, paymentId: PaymentId) =>
  em
    .getKysely()
    .selectFrom('sales')
    .select(['deferred_minor', 'provider', 'plan_id', 'currency'])
    .where('payment_id', '=', paymentId)
    .forUpdate()
    .executeTakeFirst()

const setDeferred = (em: EntityManager, paymentId: PaymentId, minor: bigint) =>
  em.getKysely().updateTable('sales').set({ deferred_minor: minor }).where('payment_id', '=', paymentId).execute()

/** What the screens say was given back; the provider's own sum is the same once it is asked again. */
function noteRefunded(
  em: EntityManager,
  { id, refunded, refundedBefore }: LockedPayment,
  amount: Money,
  now: Date,
): Promise<unknown> {
  const sum = refundedBefore + refunded.minor + amount.minor
  return em
    .getKysely()
    .updateTable('payments')
    .set({ refunded_minor: sum, refunded_currency: amount.currency, refunded_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('refunded_minor', 'is', null), eb('refunded_minor', '<', sum.toString())]))
    .execute()
}

interface ToTell {
  readonly payment: LockedPayment
  readonly refundId: RefundRow['id']
  readonly amount: Money
  readonly time: TimeTaken | null
  readonly addon?: AddonSize
}

/** The payer hears of the money; whose time it took, of the time. */
async function tellCustomer(
  deps: BookRefundDeps,
  em: EntityManager,
  { payment, refundId, amount, time, addon }: ToTell,
  now: Date,
): Promise<void> {
  const { customerId } = payment
  const owner = ownerOf(payment)
  const endsAt = time?.endsAt && time.takenMs > 0 ? time.endsAt.toISOString() : null
  const told = { minor: amount.minor.toString(), currency: amount.currency }
  const notification = {
    kind: 'refunded',
    amount: told,
    endsAt: owner === customerId ? endsAt : null,
    ...(addon && { addon }),
    ...(payment.provider === balanceProvider && { isOnBalance: true }),
  } as const
  await queueNotification(deps, em, { customerId, key: `refund:${refundId}`, notification }, now)
  if (owner === customerId || endsAt === null) return
  const takenBack = { kind: 'gift_taken_back', endsAt } as const
  const request = { customerId: owner, key: `gift_taken_back:${refundId}`, notification: takenBack }
  await queueNotification(deps, em, request, now)
}
