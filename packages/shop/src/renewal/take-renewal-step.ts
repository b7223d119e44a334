import type { EntityManager, RenewalRow } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type CustomerNotification,
  chargeOf,
  compareMoney,
  dueStep,
  isBefore,
  type Money,
  nextChargeAt,
  nextStepAt,
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
import { findRenewalPlan } from './find-renewal-plan.ts'
import { freeBalance } from './free-balance.ts'
import { lockRenewal } from './lock-renewal.ts'
import { renewFromBalance } from './renew-from-balance.ts'
import { stopRenewal } from './stop-renewal.ts'
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
  return taken
}

async function take(deps: SettlePaymentDeps, em: EntityManager, customerId: CustomerId, now: Date): Promise<TakenStep> {
  const locked = await lockRenewal(em, customerId)
  const row = locked?.renewal
  if (!locked || !row?.nextAt || isBefore(now, row.nextAt)) return 'nothing'
  const { subscription, isBanned } = locked
  const { id: subscriptionId, endsAt } = subscription
  if (!endsAt) return 'nothing'
  if (row.source === 'stars') return takeStarStep(deps, em, locked, now)
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
  const free = await freeBalance(em, customerId, amount.currency)
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
  }
  const key = `renewal:${subscription.id}:${step}:${endsAt.getTime()}`
  await queueNotification(deps, em, { customerId, key, notification }, now)
  return 'announced'
}

async function charge(deps: SettlePaymentDeps, em: EntityManager, what: Step): Promise<TakenStep> {
  const { customerId, subscription, endsAt, row, isAnnounced, plan, now } = what
  const amount = chargeOf(plan.price, isAnnounced ? announcedOf(row) : null)
  if (!amount) return announce(deps, em, what)
  const requestId = `renewal:${subscription.id}:${endsAt.getTime()}`
  const result = await renewFromBalance(deps, em, { customerId, plan, amount, requestId }, now)
  if (result.kind === 'renewed') return 'renewed'
  // It was paid for, and given back: the customer does not want it.
  if (result.kind === 'already_paid') return stop(deps, em, { ...named(what), reason: 'refunded' }, now)
  return fail(deps, em, what, { amount, missing: result.missing })
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
