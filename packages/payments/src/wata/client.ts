import { createPublicKey, type KeyObject } from 'node:crypto'
import { type PaymentProvider, ProviderRefused, ProviderUnclear } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { askProvider } from '../ask-provider.ts'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, textOf } from '../loose-text.ts'
import { readAnswer } from '../read-answer.ts'

export const wataId: PaymentProvider['id'] = 'wata'

/** Production; the sandbox `https://api-sandbox.wata.pro/api/h2h` has accounts and tokens of its own. */
export const wataApiUrl = 'https://api.wata.pro/api/h2h'

export interface WataSettings {
  /** The terminal's access token, a JWT. */
  readonly token: string
  /** Default: `wataApiUrl`. */
  readonly apiUrl?: string | undefined
  /** For each call. Default: 10 s. */
  readonly timeoutMs?: number | undefined
  /** Pauses between repeats of a call whose outcome is unknown. */
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** The H2H API under the terminal's token; each call is made once. */
export interface WataClient {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>
  /** What webhooks are signed with; needs no token. */
  fetchPublicKey(): Promise<KeyObject>
}

export function createWataClient(settings: WataSettings): WataClient {
  const base = (settings.apiUrl ?? wataApiUrl).replace(/\/+$/, '')
  const timeoutMs = settings.timeoutMs ?? 10_000
  const call = async <T>(method: 'GET' | 'POST', path: string, schema: z.ZodType<T>, content?: object): Promise<T> => {
    const headers = path === keyPath ? {} : { authorization: `Bearer ${settings.token}` }
    const url = base + path
    const asked = { provider: wataId, method, url, headers, body: content, timeoutMs, readRetryAfterMs }
    const { status, body } = await askProvider(asked)
    if (status >= 400) throw new ProviderRefused(`wata refused: ${describeRefusal(status, body)}`)
    return readAnswer(wataId, schema, body)
  }
  return {
    get: (path, schema) => call('GET', path, schema),
    post: (path, content, schema) => call('POST', path, schema, content),
    fetchPublicKey: async () => readPublicKey((await call('GET', keyPath, publicKeySchema)).value),
  }
}

const keyPath = '/public-key'

const publicKeySchema = z.looseObject({ value: z.string().max(10_000) })

function readPublicKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // Told below.
  }
  throw new ProviderUnclear('wata named a public key that is none', excerptOf(pem))
}

/** `{ error: { data: { retryAfterSeconds } } }`; without it the documented half minute. */
function readRetryAfterMs(body: unknown): number {
  const seconds = fieldOf(fieldOf(fieldOf(body, 'error') ?? body, 'data'), 'retryAfterSeconds')
  return typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : 30_000
}

/** `HTTP 400 Payments:1: …; …`, for the operator's log. */
function describeRefusal(status: number, body: unknown): string {
  if (status === 401) return 'HTTP 401: the token is not valid, or has run out'
  const error = fieldOf(body, 'error')
  const invalid = fieldOf(error, 'validationErrors')
  const sentences = Array.isArray(invalid) ? invalid.map((one) => textOf(fieldOf(one, 'message'))) : []
  const said = [textOf(fieldOf(error, 'message')), textOf(fieldOf(error, 'details')), ...sentences].filter(Boolean)
  return `HTTP ${status} ${textOf(fieldOf(error, 'code'))}: ${said.join('; ')}`.slice(0, 300)
}

/** When the token runs out, by its own words; null when it has none. */
export function readKeyExpiry(token: string): Date | null {
  try {
    const expires = fieldOf(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')), 'exp')
    const at = new Date(typeof expires === 'number' ? expires * 1000 : Number.NaN)
    return Number.isNaN(at.getTime()) ? null : at
  } catch {
    return null
  }
}
