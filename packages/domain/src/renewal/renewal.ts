import { compareMoney, type Money } from '../money/money.ts'
import { addMs, dayMs, hourMs, isBefore, minuteMs } from '../time/time.ts'

/*
 * Auto-renewal buys the plan of the last bought stretch again, without the customer. The rules:
 *
 * 1. It is announced 3 days and 1 day before the end: how much, from where, when. Then it is tried 12, 6 and 1 hours before
 *    the end, and once more a day after it, when there is no access any more. After that it is off, and the customer is told.
 *    Money that comes to the balance after a failed try is taken at once.
 * 2. A step that was missed is not made up for: only the latest one that is due is taken.
 * 3. Nothing is charged for an end that was not announced. Whoever switches it on within the last 3 days has agreed to the
 *    price on the screen, which is as good. A try that would be the first word announces instead, and the next one charges.
 * 4. The price is today's with the customer's own discount, and never more than what was announced last: codes and happy
 *    hours are for who buys by hand. Another currency is announced anew.
 * 5. An end is charged for once. When it moves (something was bought, given or taken back) the steps begin anew for the new
 *    end.
 * 6. The customer switches it off at any time, and nothing is charged from then on. It goes off by itself, and says so,
 *    when the tries failed, the plan is not sold any more, or the last purchase was given back. The banned are left alone.
 * 7. Stars are charged by Telegram, every 30 days and for the price that was agreed, until somebody cancels: the shop
 *    announces and tries nothing. The first charge brings a day on top, so that one that comes late leaves no gap. When none
 *    has come by the end of that day, it is off, and the customer is told.
 * 8. A card is charged only where its owner let the provider keep it, at the same times as the balance and for the price
 *    that was announced. Every try is a payment of its own, and none begins while nobody knows how the one before it ended.
 *    A card that has expired, or whose owner took the leave back, is removed: it is off, and the customer is told.
 */

/** Where the money is taken from. */
export const renewalSources = ['balance', 'stars', 'card'] as const
export type RenewalSource = (typeof renewalSources)[number]

/** Why it is off. */
export type RenewalEnd =
  | 'customer'
  | 'failed'
  | 'plan_gone'
  | 'refunded'
  | 'stars_ended'
  | 'card_expired'
  | 'card_revoked'

export const renewalSteps = ['announce_3d', 'announce_1d', 'try_12h', 'try_6h', 'try_1h', 'try_late'] as const
export type RenewalStep = (typeof renewalSteps)[number]

interface StepRule {
  readonly does: 'announce' | 'charge'
  /** From the end; negative is before it. */
  readonly atMs: number
  /** Whether the customer is told when a try fails: between two that are told, nothing has changed. */
  readonly tellsFailure: boolean
}

export const renewalSchedule: Readonly<Record<RenewalStep, StepRule>> = {
  announce_3d: { does: 'announce', atMs: -72 * hourMs, tellsFailure: false },
  announce_1d: { does: 'announce', atMs: -24 * hourMs, tellsFailure: false },
  try_12h: { does: 'charge', atMs: -12 * hourMs, tellsFailure: true },
  try_6h: { does: 'charge', atMs: -6 * hourMs, tellsFailure: false },
  try_1h: { does: 'charge', atMs: -1 * hourMs, tellsFailure: true },
  try_late: { does: 'charge', atMs: 24 * hourMs, tellsFailure: true },
}

/** So long after its moment the last try is given up: nobody expects a charge any more. */
const lateMs = 24 * hourMs

/** So long after the paid time Telegram is waited for: it charges at the end, and may be late. */
export const starsWaitDays = 1
export const starsWaitMs = starsWaitDays * dayMs

/** When to look next for a charge in stars that was not told: an hour after it was due, then every hour until the wait is over. */
export function nextStarsLookAt(paidUntil: Date, now: Date): Date {
  const from = isBefore(now, paidUntil) ? paidUntil : now
  const end = addMs(paidUntil, starsWaitMs)
  const look = addMs(from, hourMs)
  return isBefore(look, end) ? look : end
}

/** So long after a charge of a card whose end is unknown it is looked for again. */
export const cardChargeRetryMs = 2 * minuteMs

/** When a charge for this end is given up, whatever became of it. */
export const chargeEndsAt = (endsAt: Date): Date => givenUpAt(endsAt)

export type DueStep = RenewalStep | 'over' | null

const givenUpAt = (endsAt: Date): Date => addMs(stepAt(endsAt, 'try_late'), lateMs)

const stepAt = (endsAt: Date, step: RenewalStep): Date => addMs(endsAt, renewalSchedule[step].atMs)

/** The step to take now for a subscription with this end, after `done`; `over` when even the last one is long past. */
export function dueStep(endsAt: Date, done: RenewalStep | null, now: Date): DueStep {
  if (!isBefore(now, givenUpAt(endsAt))) return 'over'
  const due = renewalSteps.findLast((step) => !isBefore(now, stepAt(endsAt, step))) ?? null
  return due && renewalSteps.indexOf(due) > (done ? renewalSteps.indexOf(done) : -1) ? due : null
}

/** When something is to be done next, once `done` has been: after the last step, when the end is given up. */
export function nextStepAt(endsAt: Date, done: RenewalStep | null): Date {
  const next = renewalSteps[done ? renewalSteps.indexOf(done) + 1 : 0]
  return next ? stepAt(endsAt, next) : givenUpAt(endsAt)
}

/** When money is taken next, once `done` has been; null when it is not tried again. */
export function nextChargeAt(endsAt: Date, done: RenewalStep | null): Date | null {
  const from = done ? renewalSteps.indexOf(done) + 1 : 0
  const next = renewalSteps.slice(from).find((step) => renewalSchedule[step].does === 'charge')
  return next ? stepAt(endsAt, next) : null
}

/** What may be taken of a plan that costs `price` today: null when nothing comparable was announced. */
export function chargeOf(price: Money, announced: Money | null): Money | null {
  if (announced?.currency !== price.currency) return null
  return compareMoney(price, announced) < 0 ? price : announced
}
