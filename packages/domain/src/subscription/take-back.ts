import { addMs, isBefore, latest } from '../time/time.ts'
import { openStretches, type Stretch } from './stretch.ts'

/**
 * The queue without what is left of the stretch under `key`: what has passed of it stays, what waits behind it comes
 * that much earlier, and nothing else changes. Null when nothing of it is left.
 */
export function takeBackStretch(queue: readonly Stretch[], key: string, now: Date): Stretch[] | null {
  const open = openStretches(queue, now)
  const taken = open.find((stretch) => stretch.key === key)
  if (!taken) return null
  const takenMs = taken.endsAt.getTime() - latest(now, taken.startsAt).getTime()
  return queue.map((stretch) => {
    if (stretch === taken) return { ...taken, startsAt: earlier(taken.startsAt, now), endsAt: now }
    const isBehind = open.indexOf(stretch) > open.indexOf(taken)
    if (!isBehind) return stretch
    return { ...stretch, startsAt: addMs(stretch.startsAt, -takenMs), endsAt: addMs(stretch.endsAt, -takenMs) }
  })
}

const earlier = (a: Date, b: Date): Date => (isBefore(a, b) ? a : b)
