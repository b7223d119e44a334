import { minuteMs } from '../time/time.ts'

/**
 * The pause before attempt `attempts + 1`: 1 s, 2 s, 4 s … 10 min, and up to a fifth more at random (`random` is 0…1).
 */
export function backoffMs(attempts: number, random: number): number {
  const base = Math.min(1000 * 2 ** Math.min(attempts, 20), 10 * minuteMs)
  return Math.round(base * (0.8 + 0.2 * random))
}
