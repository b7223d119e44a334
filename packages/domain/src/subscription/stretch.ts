import type { PlanId } from '../ids/ids.ts'
import { addMs, dayMs, isBefore, latest } from '../time/time.ts'
import type { Limits } from './subscription.ts'

/*
 * A subscription's time is a queue of stretches, one after another without a gap. Each was sold or given with limits of
 * its own, and keeps them whatever is bought or given afterwards. The rules:
 *
 * 1. Whatever is added starts when the queue ends, or now if it has ended: the new end is max(now, end) + its time.
 * 2. A plan that is bought during a trial starts at once. What is left of the trial's time follows it, under the limits
 *    of the bought plan, with an allowance in proportion. The end is the same as by rule 1.
 * 3. Days that come without a plan (a friend's bonus, a gift of the shop) take the limits of the last stretch there is
 *    or was, and an allowance in proportion to their number. Who never had one gets the limits of the first plan on the
 *    price list.
 * 4. A stretch whose allowance is used up makes way for the next one that has some: that one starts at once, and the
 *    unused time of the other goes to the end of the queue. Nobody sits cut off while an allowance of theirs waits.
 */

/** What comes with a stretch: the limits, and how much time the allowance was meant for. */
export interface StretchTerms extends Limits {
  /** Null = bare days, or a plan that was not ours. */
  readonly planId: PlanId | null
  readonly isTrial: boolean
  /** The time that was sold or given. It may stand in the queue in fewer milliseconds once a part has passed. */
  readonly lengthMs: number
}

/** What add-ons give a stretch: it is part of its limits. */
export interface StretchAddons {
  readonly devices: number
  readonly trafficBytes: bigint
}

/** One piece of a subscription's time. */
export interface Stretch extends StretchTerms {
  /** Where it came from, unique: `payment:pay_…`, `trial:cus_…`, `referral:ref_…`, `admin:…`, `rest:…`. */
  readonly key: string
  readonly startsAt: Date
  /** Exclusive. A stretch that made way for ever has `endsAt` = the moment at which it did. */
  readonly endsAt: Date
  readonly trafficUsedBytes: bigint
  /** Absent where it has none. */
  readonly addons?: StretchAddons
}

/** What is left of the queue, in order: the first one runs, the others wait. */
export const openStretches = (queue: readonly Stretch[], now: Date): Stretch[] =>
  queue.filter(({ endsAt }) => isBefore(now, endsAt)).sort(byStart)

/** The stretch whose limits hold now; null when all time has run out. */
export const runningStretch = (queue: readonly Stretch[], now: Date): Stretch | null =>
  openStretches(queue, now)[0] ?? null

/** Traffic left, in bytes; null = unlimited. */
export const allowanceLeft = ({
  trafficLimitBytes,
  trafficUsedBytes,
}: Pick<Stretch, 'trafficLimitBytes' | 'trafficUsedBytes'>): bigint | null =>
  trafficLimitBytes === null ? null : trafficLimitBytes > trafficUsedBytes ? trafficLimitBytes - trafficUsedBytes : 0n

const isUsedUp = (stretch: Stretch): boolean => allowanceLeft(stretch) === 0n

/**
 * The terms of time that comes without a plan of its own: the limits of `base`, without what add-ons give it, and its
 * allowance in proportion.
 */
export function bareTerms(
  lengthMs: number,
  { addons, planId, isTrial, ...base }: StretchTerms & Pick<Stretch, 'addons'>,
): StretchTerms {
  const own = base.trafficLimitBytes === null ? null : base.trafficLimitBytes - (addons?.trafficBytes ?? 0n)
  const trafficLimitBytes = shareOf(own, lengthMs, base.lengthMs)
  return { planId, isTrial, lengthMs, trafficLimitBytes, deviceLimit: base.deviceLimit - (addons?.devices ?? 0) }
}

/** What a Postgres `bigint` holds. */
const mostBytes = 2n ** 63n - 1n

/** Rounded up, so that there is no limited time without any allowance. */
export function shareOf(bytes: bigint | null, partMs: number, wholeMs: number): bigint | null {
  if (bytes === null) return null
  const whole = BigInt(Math.max(1, wholeMs))
  const share = (bytes * BigInt(partMs) + whole - 1n) / whole
  return share < mostBytes ? share : mostBytes
}

/** The stretch that lends its limits to bare days: the last one that waits or runs, or else the one that ended last. */
export const lastStretch = (queue: readonly Stretch[]): Stretch | null =>
  queue.reduce<Stretch | null>((last, one) => (last && !isBefore(last.endsAt, one.endsAt) ? last : one), null)

/** The queue after `terms` were added to it under `key`. See the rules above. */
export function addStretch(queue: readonly Stretch[], key: string, terms: StretchTerms, now: Date): Stretch[] {
  const added = { ...terms, key, trafficUsedBytes: 0n }
  const running = runningStretch(queue, now)
  if (running?.isTrial && !terms.isTrial) return letUsedUpWait(replaceTrial(queue, added, now), now)
  const end = lastStretch(queue)?.endsAt ?? now
  return letUsedUpWait([...queue, ...layOut(latest(now, end), [added])], now)
}

type Unplaced = Omit<Stretch, 'startsAt' | 'endsAt'> & { readonly restMs?: number }

/** One after another from `from` on, each for the time that is left of it. */
function layOut(from: Date, stretches: readonly Unplaced[]): Stretch[] {
  let at = from
  return stretches.map(({ restMs, ...stretch }) => {
    const startsAt = at
    at = addMs(at, restMs ?? stretch.lengthMs)
    return { ...stretch, startsAt, endsAt: at }
  })
}

const restMsOf = ({ startsAt, endsAt }: Stretch, now: Date): number =>
  endsAt.getTime() - latest(now, startsAt).getTime()

/** The trial, and what was given on top of it under its limits, ends here; its time goes on behind what was bought. */
function replaceTrial(queue: readonly Stretch[], bought: Unplaced, now: Date): Stretch[] {
  const open = openStretches(queue, now)
  const after = open.findIndex(({ isTrial }) => !isTrial)
  const trials = after === -1 ? open : open.slice(0, after)
  const others = open.slice(trials.length)
  const ended = queue.filter((stretch) => !open.includes(stretch))
  const closed = trials.map((trial) => ({
    ...trial,
    startsAt: isBefore(now, trial.startsAt) ? now : trial.startsAt,
    endsAt: now,
  }))
  const restMs = trials.reduce((sum, trial) => sum + restMsOf(trial, now), 0)
  const rest = { ...bought, ...bareTerms(restMs, bought), key: `rest:${bought.key}` }
  const waiting = others.map((stretch) => ({ ...stretch, restMs: restMsOf(stretch, now) }))
  return [...ended, ...closed, ...layOut(now, [bought, rest, ...waiting])]
}

/** The queue with used-up stretches behind those that still have an allowance; the same when nothing has to move. */
export function letUsedUpWait(queue: readonly Stretch[], now: Date): Stretch[] {
  const open = openStretches(queue, now)
  const next = open.findIndex((stretch) => !isUsedUp(stretch))
  if (next <= 0) return [...queue]
  const ended = queue.filter((stretch) => !open.includes(stretch))
  const order = [...open.slice(next), ...open.slice(0, next)]
  const from = latest(now, open[0]!.startsAt)
  return [
    ...ended,
    ...layOut(
      from,
      order.map((stretch) => ({ ...stretch, restMs: restMsOf(stretch, from) })),
    ),
  ]
}

/** The queue with what is left of it beginning at `from`, in the order that it has. */
export function moveOpenStretches(queue: readonly Stretch[], from: Date, now: Date): Stretch[] {
  const open = openStretches(queue, now)
  const moved = open.map((stretch) => ({ ...stretch, restMs: restMsOf(stretch, now) }))
  return [...queue.filter((stretch) => !open.includes(stretch)), ...layOut(from, moved)]
}

const byStart = (a: Stretch, b: Stretch): number =>
  a.startsAt.getTime() - b.startsAt.getTime() || a.endsAt.getTime() - b.endsAt.getTime()

/** Days as the time of a stretch. */
export const daysMs = (days: number): number => days * dayMs

/** How long somebody whose devices are more than a new limit allows may choose which of them stay. */
export const surplusGraceMs = dayMs

/** Shares of an allowance at which the customer is warned, in per cent, once a stretch. */
export const trafficThresholds = [80, 95] as const
export type TrafficThreshold = (typeof trafficThresholds)[number]
