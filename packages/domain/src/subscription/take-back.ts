import { addMs, isBefore, latest } from '../time/time.ts'
import { openStretches, type Stretch } from './stretch.ts'

/**
 * The queue without what is left of the stretch under `key`: what has passed of it stays, what waits behind it comes
 * that much earlier, and nothing else changes. Null when nothing of it is left.
 */
export const takeBackStretch = (queue: readonly Stretch[], key: string, now: Date): Stretch[] | null =>
  shortenStretch(queue, key, Number.POSITIVE_INFINITY, now)

/** The same for `ms` of it, or less when less is left: its end comes earlier. */
export function shortenStretch(queue: readonly Stretch[], key: string, ms: number, now: Date): Stretch[] | null {
  const open = openStretches(queue, now)
  const taken = open.find((stretch) => stretch.key === key)
  if (!taken) return null
  const remainingMs = remainingMsOf(taken, now)
  const takenMs = Math.min(Math.max(0, ms), remainingMs)
  if (takenMs === 0) return null
  const shortened =
    takenMs === remainingMs
      ? { ...taken, startsAt: earlier(taken.startsAt, now), endsAt: now }
      : { ...taken, endsAt: addMs(taken.endsAt, -takenMs) }
  return queue.map((stretch) => {
    if (stretch === taken) return shortened
    const isBehind = open.indexOf(stretch) > open.indexOf(taken)
    if (!isBehind) return stretch
    return { ...stretch, startsAt: addMs(stretch.startsAt, -takenMs), endsAt: addMs(stretch.endsAt, -takenMs) }
  })
}

/** How much of a stretch has not passed yet. */
export const remainingMsOf = ({ startsAt, endsAt }: Pick<Stretch, 'startsAt' | 'endsAt'>, now: Date): number =>
  Math.max(0, endsAt.getTime() - latest(now, startsAt).getTime())

const earlier = (a: Date, b: Date): Date => (isBefore(a, b) ? a : b)
