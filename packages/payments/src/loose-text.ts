import { z } from 'zod'

/** A field that is only looked at: whatever stands there, or nothing, never fails the rest. */
export const looseField = z.unknown().optional()

/** A field as text: strings as they are, numbers as they print, anything else as bounded JSON; empty when it is absent. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return value === undefined || value === null ? '' : writeJson(value).slice(0, 80)
}

const writtenLevels = 6

/**
 * A parsed value as JSON for a human, without what is nested deeper than six levels: what comes from outside may go
 * deeper than the stack of whoever writes it.
 */
export const writeJson = (value: unknown): string => JSON.stringify(withoutDepths(value, writtenLevels)) ?? ''

function withoutDepths(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((part) => withoutDepths(part, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutDepths(part, levels - 1)]))
}

/** A field of an object; undefined when there is neither. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined

/** An ISO instant; null for anything else. */
export function instantOf(value: unknown): Date | null {
  const at = new Date(typeof value === 'string' ? value : Number.NaN)
  return Number.isNaN(at.getTime()) ? null : at
}
