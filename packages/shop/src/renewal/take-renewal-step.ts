import type { EntityManager, RenewalRow } from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerId,
  type CustomerNotification,
  cardChargeRetryMs,
  chargeOf,
  compareMoney,
  dueStep,
  isBefore,
  type Money,
  nextChargeAt,
  nextStepAt,
  type PaymentId,
  type Plan,
  type RenewalStep,
  renewalSchedule,
  subtractMoney,
  writeMoney,
} from '@vpn-kiosk/domain'
import { queueNotification } from '../notification/queue-notification.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import type { LockedSubscription } from '../subscription/stretch-queue.ts'
import { announcedOf } from './announced-of.ts'
import { changeRenewal } from './change-renewal.ts'
import { chargeCard } from './charge-card.ts'
import { findCard } from './find-card.ts'
import { findCardCharge } from './find-card-charge.ts'
import { findRenewalPlan } from './find-renewal-plan.ts'
import { freeBalance } from './free-balance.ts'
import { isChargeable } from './is-chargeable.ts'
import { lockRenewal } from './lock-renewal.ts'
import { renewFromBalance } from './renew-from-balance.ts'
import { renewalRequestId } from './renewal-request-id.ts'
import { stopRenewal } from './stop-renewal.ts'
import { storeCardCharge } from './store-card-charge.ts'
import type { RenewalCharge } from './store-renewal-order.ts'
import { takeStarStep } from './take-star-step.ts'

export type TakenStep = 'announced' | 'renewed' | 'failed' | 'stopped' | 'waits' | 'nothing'

/** What a step is taken with: everything is locked. */
interface Step {
  readonly customerId: CustomerId
  readonly subscription: LockedSubscription
  readonly endsAt: Date
  readonly step: RenewalStep
  readonly row: RenewalRow
  readonly isAnnounced: boolean
  readonly plan: Plan
  readonly now: Date
}

/** Takes the step of a customer's auto-renewal that is due, if one is; by the rules in `domain/renewal/renewal.ts`. */
export async function takeRenewalStep(deps: SettlePaymentDeps, customerId: CustomerId): Promise<TakenStep> {
  const taken = await deps.db.transaction((em) => take(deps, em, customerId, deps.clock.now()))
  deps.checkpoint('renewal:committed')
  return typeof taken === 'string' ? taken : chargeCard(deps, taken.charges)
}

/** A charge of a card is stored, and carried out once nothing is locked any more. */
type Taken = TakenStep | { readonly charges: PaymentId }

async function take(deps: SettlePaymentDeps, em: EntityManager, customerId: CustomerId, now: Date): Promise<Taken> {
  const locked = await lockRenewal(em, customerId)
  const row = locked?.renewal
  if (!locked || !row?.nextAt || isBefore(now, row.nextAt)) return 'nothing'
  const { subscription, isBanned } = locked
  const { id: subscriptionId, endsAt } = subscription
  if (!endsAt) return 'nothing'
  if (row.source === 'stars') return takeStarStep(deps, em, locked, now)
  const charges = await findCardCharge(em, customerId)
  if (charges) {
    await changeRenewal(em, subscriptionId, { nextAt: addMs(now, cardChargeRetryMs) })
    return { charges }
  }
  const isSameEnd = row.endsAt?.getTime() === endsAt.getTime()
  const done = isSameEnd ? row.doneStep : null
  if (!isSameEnd) await changeRenewal(em, subscriptionId, { endsAt, doneStep: null, announcedAt: null })
  const step = dueStep(endsAt, done, now)
  if (step === 'over' && isBanned) {
    await changeRenewal(em, subscriptionId, { nextAt: null, offReason: 'failed', switchedAt: now })
    return 'waits'
  }
  if (step === 'over') return stop(deps, em, { customerId, subscriptionId, reason: 'failed', planId: null }, now)
  const nextAt = nextStepAt(endsAt, step ?? done)
  if (step === null || isBanned) {
    await changeRenewal(em, subscriptionId, { nextAt, ...(step && { doneStep: step }) })
    return 'waits'
  }
  const plan = await findRenewalPlan(deps, em, { subscriptionId, customerId }, now)
  if (!plan) return stop(deps, em, { customerId, subscriptionId, reason: 'plan_gone', planId: null }, now)
  await changeRenewal(em, subscriptionId, { nextAt, doneStep: step })
  const what = {
    customerId,
    subscription,
    endsAt,
    step,
    row,
    isAnnounced: isSameEnd && row.announcedAt !== null,
    plan,
    now,
  }
  return renewalSchedule[step].does === 'announce' ? announce(deps, em, what) : charge(deps, em, what)
}

async function stop(
  deps: SettlePaymentDeps,
  em: EntityManager,
  what: Parameters<typeof stopRenewal>[2],
  now: Date,
): Promise<TakenStep> {
  await stopRenewal(deps, em, what, now)
  return 'stopped'
}

async function announce(deps: SettlePaymentDeps, em: EntityManager, what: Step): Promise<TakenStep> {
  const { customerId, subscription, endsAt, step, row, plan, now } = what
  const amount = plan.price
  const chargeAt = nextChargeAt(endsAt, step)
  if (!chargeAt) return stop(deps, em, { ...named(what), reason: 'failed' }, now)
  const said = { announcedMinor: amount.minor, announcedCurrency: amount.currency, announcedAt: now }
  await changeRenewal(em, subscription.id, said)
  const card = row.source === 'card' ? await findCard(em, customerId) : null
  const free = row.source === 'card' ? amount : await freeBalance(em, customerId, amount.currency)
  const before = announcedOf(row)
  const isDearer = before?.currency === amount.currency && compareMoney(amount, before) > 0
  const notification: CustomerNotification = {
    kind: 'renewal_announced',
    planId: plan.id,
    amount: writeMoney(amount),
    was: isDearer ? writeMoney(before) : null,
    source: row.source,
    missing: compareMoney(free, amount) < 0 ? writeMoney(subtractMoney(amount, free)) : null,
    chargeAt: chargeAt.toISOString(),
    ...(card && { cardTitle: card.title }),
  }
  const key = `renewal:${subscription.id}:${step}:${endsAt.getTime()}`
  await queueNotification(deps, em, { customerId, key, notification }, now)
  return 'announced'
}

async function charge(deps: SettlePaymentDeps, em: EntityManager, what: Step): Promise<Taken> {
  const { customerId, subscription, endsAt, row, isAnnounced, plan, now } = what
  const amount = chargeOf(plan.price, isAnnounced ? announcedOf(row) : null)
  if (!amount) return announce(deps, em, what)
  const requestId = renewalRequestId(subscription.id, endsAt)
  if (row.source === 'card') return chargeFromCard(deps, em, what, { customerId, plan, amount, requestId })
  const result = await renewFromBalance(deps, em, { customerId, plan, amount, requestId }, now)
  if (result.kind === 'renewed') return 'renewed'
  // It was paid for, and given back: the customer does not want it.
  if (result.kind === 'already_paid') return stop(deps, em, { ...named(what), reason: 'refunded' }, now)
  return fail(deps, em, what, { amount, missing: result.missing })
}

/** Nobody is asked for money here: a charge that is stored has begun, and is looked for until its end is known. */
async function chargeFromCard(
  deps: SettlePaymentDeps,
  em: EntityManager,
  what: Step,
  charge: RenewalCharge,
): Promise<Taken> {
  const { customerId, subscription, endsAt, plan, now } = what
  const card = await findCard(em, customerId)
  if (!card || !isChargeable(deps, card, plan.price.currency))
    return stop(deps, em, { ...named(what), reason: 'card_revoked' }, now)
  const charges = await storeCardCharge(deps, em, charge, { card, endsAt, now })
  if (!charges) return stop(deps, em, { ...named(what), reason: 'refunded' }, now)
  await changeRenewal(em, subscription.id, { nextAt: addMs(now, cardChargeRetryMs) })
  return { charges }
}

async function fail(
  deps: SettlePaymentDeps,
  em: EntityManager,
  what: Step,
  { amount, missing }: { readonly amount: Money; readonly missing: Money },
): Promise<TakenStep> {
  const { customerId, subscription, endsAt, step, plan, now } = what
  const nextAt = nextChargeAt(endsAt, step)
  if (!nextAt) return stop(deps, em, { ...named(what), reason: 'failed' }, now)
  if (!renewalSchedule[step].tellsFailure) return 'failed'
  const notification: CustomerNotification = {
    kind: 'renewal_failed',
    planId: plan.id,
    amount: writeMoney(amount),
    missing: writeMoney(missing),
    nextAt: nextAt.toISOString(),
  }
  const key = `renewal:${subscription.id}:${step}:${endsAt.getTime()}`
  await queueNotification(deps, em, { customerId, key, notification }, now)
  return 'failed'
}

const named = ({ customerId, subscription, plan }: Step) => ({
  customerId,
  subscriptionId: subscription.id,
  planId: plan.id,
})
