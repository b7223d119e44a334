import { badRequest } from '../world/bot-api-error.ts'

/** What a bot sent, from whichever encoding: values of a form are strings, nested ones JSON in strings. */
export type Params = Readonly<Record<string, unknown>>

export function readText(params: Params, name: string): string | undefined {
  const value = params[name]
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

export function readInteger(params: Params, name: string): number | undefined {
  const value = params[name]
  if (typeof value === 'number') return Math.trunc(value)
  return typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : undefined
}

export const readFlag = (params: Params, name: string): boolean => {
  const value = params[name]
  return value === true || value === 1 || value === 'true' || value === 'True' || value === '1'
}

/** A nested value; throws Telegram's complaint when a form carries broken JSON. */
function readJson(params: Params, name: string): unknown {
  const value = params[name]
  if (typeof value !== 'string') return value ?? undefined
  if (value === '') return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`)
  }
}

export function readRecord(params: Params, name: string): Params | undefined {
  const value = readJson(params, name)
  if (value === undefined) return undefined
  if (!isRecord(value)) throw badRequest(`object expected as ${name.replaceAll('_', ' ')}`)
  return value
}

export function readList(params: Params, name: string): readonly unknown[] | undefined {
  const value = readJson(params, name)
  if (value === undefined) return undefined
  if (!Array.isArray(value)) throw badRequest(`expected an Array of ${name.replaceAll('_', ' ')}`)
  return value
}

export const isRecord = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
