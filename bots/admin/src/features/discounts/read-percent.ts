import { latin } from '../promo/latin.ts'

/** `20`, `20%`, `20% 30d`; null where it is none. `days` null: none were named. */
export function readPercent(text: string): { readonly percent: number; readonly days: number | null } | null {
  const line = latin(text.slice(0, 100)).trim()
  const [, percent, days] = /^-?(\d{1,2})\s*%?(?:\s+(\d{1,4})\s*(?:d|days?|den|dnya|dney)?)?$/.exec(line) ?? []
  return percent === undefined ? null : { percent: Number(percent), days: days === undefined ? null : Number(days) }
}
