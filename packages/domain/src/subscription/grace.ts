import { addMs, hourMs, isBefore, latest, minuteMs } from '../time/time.ts'
import { addStretch, bareTerms, lastStretch, openStretches, type Stretch, type StretchTerms } from './stretch.ts'

/*
 * Where the shop gives a grace period, whoever has bought keeps their access for some hours after the end, to renew:
 *
 * 1. The grace is a stretch behind the last one, with its limits and an allowance in proportion. It is given once an end,
 *    shortly before it, so that nobody is cut off in between.
 * 2. It is lent: a plan that is bought meanwhile begins at the end of what was paid for, so nobody gains days by paying
 *    late. At most half of what was bought goes to it, and no more than half of the last stretch's length is lent.
 * 3. Days that are given meanwhile begin at once, and end it.
 * 4. Trials, the banned and the frozen have none, and neither has an end that a refund made. What was lent behind a stretch
 *    whose money goes back is over.
 */

/** The longest that a shop may give. */
export const mostGraceHours = 168

/** So long before the end the grace is added. */
export const graceLeadMs = 5 * minuteMs

const prefix = 'grace:'

export const graceKey = (of: string, endsAt: Date): string => `${prefix}${of}:${endsAt.getTime()}`

export const isGrace = ({ key }: Pick<Stretch, 'key'>): boolean => key.startsWith(prefix)

/** The queue with a grace of so many hours behind it, or fewer by rule 2; null where it has one, or nothing that could have one. */
export function addGrace(queue: readonly Stretch[], key: string, hours: number): Stretch[] | null {
  const last = lastStretch(queue)
  if (!last || last.isTrial || isGrace(last) || hours <= 0) return null
  const lentMs = Math.max(1, Math.min(hours * hourMs, Math.floor(last.lengthMs / 2)))
  const terms = bareTerms(lentMs, last)
  const grace = {
    ...terms,
    key,
    trafficUsedBytes: 0n,
    startsAt: last.endsAt,
    endsAt: addMs(last.endsAt, lentMs),
  }
  return [...queue, grace]
}

/** The queue whose grace is over, where that was lent behind the stretch under `key`; null where nothing was. */
export function endGraceBehind(queue: readonly Stretch[], key: string, now: Date): Stretch[] | null {
  const grace = openStretches(queue, now).find(isGrace)
  const before = queue.find((stretch) => stretch.key === key)
  if (!grace || before?.endsAt.getTime() !== grace.startsAt.getTime()) return null
  return endGrace(queue, grace, now)
}

function endGrace(queue: readonly Stretch[], grace: Stretch, now: Date): Stretch[] {
  const at = isBefore(grace.startsAt, now) ? grace.startsAt : now
  return queue.map((one) => (one === grace ? { ...grace, startsAt: at, endsAt: at } : one))
}

/** `addStretch`, for a queue that may have a grace: the grace ends, and what is added begins as the rules say. */
export function addAfterGrace(queue: readonly Stretch[], key: string, terms: StretchTerms, now: Date): Stretch[] {
  const grace = openStretches(queue, now).find(isGrace)
  if (!grace) return addStretch(queue, key, terms, now)
  return addStretch(endGrace(queue, grace, now), key, terms, beginningAfter(grace, terms, now))
}

function beginningAfter({ startsAt }: Stretch, { planId, lengthMs }: StretchTerms, now: Date): Date {
  if (isBefore(now, startsAt)) return startsAt
  return planId === null ? now : latest(startsAt, addMs(now, -lengthMs / 2))
}
