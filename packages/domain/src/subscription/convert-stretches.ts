import type { PlanId } from '../ids/ids.ts'
import { addMs, dayMs, latest } from '../time/time.ts'
import { allowanceLeft, openStretches, type Stretch, shareOf } from './stretch.ts'
import type { Limits } from './subscription.ts'
import { remainingMsOf } from './take-back.ts'

/*
 * A customer who changes the plan keeps the value of the time that is left, and gets as much time of the other plan for it:
 *
 * 1. Time that was paid for is worth what was paid for it. Its value buys the other plan at its price on the list today, for
 *    the same number of days.
 * 2. Time that was given is worth its plan's price on the list. It becomes shorter under a dearer plan, and never longer
 *    under a cheaper one.
 * 3. A stretch stays the same row with the same key, so a refund and the books find it. Its length changes in the same
 *    proportion as what is left of it.
 * 4. The share of its allowance that has been used stays used. Where the former plan had no limit, the share of its time
 *    that has passed counts as used, or what was really carried if that is more.
 * 5. Under a plan without a limit, no more time than the share of the allowance that is left: what was carried is not paid
 *    back as time.
 * 6. Everything is rounded down. Changing to and fro makes no time, no value and no allowance.
 * 7. What add-ons give stays on top of the other plan's limits. A stretch that has some does not become longer: they
 *    were sold for the time that it had.
 */

/** How much time of the other plan a millisecond becomes: `numerator / denominator`, both positive. */
export interface ConversionRate {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** The plan that is changed to; `lengthMs` is what its allowance is meant for. */
export interface ConversionTarget extends Limits {
  readonly planId: PlanId
  readonly lengthMs: number
}

/** The queue with what is left of the stretches that have a rate under the other plan; what waits behind them follows. */
export function convertStretches(
  queue: readonly Stretch[],
  rates: ReadonlyMap<string, ConversionRate>,
  target: ConversionTarget,
  now: Date,
): Stretch[] {
  const open = openStretches(queue, now)
  let at = now
  const converted = open.map((stretch) => {
    const rate = rates.get(stretch.key)
    const after = rate ? convert(stretch, rate, target, now) : stretch
    const restMs = rate ? scale(convertibleMs(stretch, target, now), rate) : remainingMsOf(stretch, now)
    const startsAt = stretch === open[0] ? stretch.startsAt : at
    at = addMs(latest(at, startsAt), restMs)
    return { ...after, startsAt, endsAt: at }
  })
  return [...queue.filter((stretch) => !open.includes(stretch)), ...converted]
}

function convert(stretch: Stretch, rate: ConversionRate, target: ConversionTarget, now: Date): Stretch {
  const lengthMs = Math.max(1, scale(stretch.lengthMs, rate))
  const share = shareOf(target.trafficLimitBytes, lengthMs, target.lengthMs)
  const { devices, trafficBytes } = stretch.addons ?? { devices: 0, trafficBytes: 0n }
  const trafficLimitBytes = share === null ? null : share + trafficBytes
  const { planId } = target
  const deviceLimit = target.deviceLimit + devices
  const trafficUsedBytes = usedOf(stretch, trafficLimitBytes, now)
  return { ...stretch, planId, deviceLimit, lengthMs, trafficLimitBytes, trafficUsedBytes }
}

/** By rule 5. */
function convertibleMs(stretch: Stretch, { trafficLimitBytes }: ConversionTarget, now: Date): number {
  const remainingMs = remainingMsOf(stretch, now)
  const left = allowanceLeft(stretch)
  if (left === null || trafficLimitBytes !== null) return remainingMs
  const share = Number((BigInt(stretch.lengthMs) * left) / stretch.trafficLimitBytes!)
  return Math.min(remainingMs, share)
}

/** By rule 4; rounded up. */
function usedOf(stretch: Stretch, limit: bigint | null, now: Date): bigint {
  const { trafficLimitBytes: before, trafficUsedBytes: used } = stretch
  if (limit === null) return used
  if (before !== null && before > 0n) return least(limit, divideUp(limit * used, before))
  const passedMs = Math.max(0, stretch.lengthMs - remainingMsOf(stretch, now))
  const passed = divideUp(limit * BigInt(passedMs), BigInt(Math.max(1, stretch.lengthMs)))
  return least(limit, most(passed, used))
}

/** A price that is next to nothing buys no century. */
const longestMs = BigInt(10 * 365 * dayMs)

const scale = (ms: number, { numerator, denominator }: ConversionRate): number =>
  Number(least(longestMs, (BigInt(ms) * numerator) / denominator))

const divideUp = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)
