import { type PaymentProvider, ProviderRefused } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { askProvider } from '../ask-provider.ts'
import { excerptOf } from '../excerpt.ts'
import { readAnswer } from '../read-answer.ts'

export const coingateId: PaymentProvider['id'] = 'coingate'

/** The live service; `https://api-sandbox.coingate.com/api/v2` is the test one, with accounts and tokens of its own. */
export const coingateApiUrl = 'https://api.coingate.com/api/v2'

/** The sandbox, with an account and tokens of its own. */
const coingateSandboxUrl = 'https://api-sandbox.coingate.com/api/v2'

/** Where this account's API is. */
export const coingateUrlOf = ({ apiUrl, isSandbox }: Pick<CoingateSettings, 'apiUrl' | 'isSandbox'>): string =>
  apiUrl ?? (isSandbox ? coingateSandboxUrl : coingateApiUrl)

export interface CoingateSettings {
  /** Of an API app; also the key under which each order's callback token is made. */
  readonly token: string
  /** Where the provider reaches the shop: each order names its callback address. */
  readonly publicUrl: string
  readonly isSandbox?: boolean | undefined
  /** With the `/api/v2` at its end. Default: that of the sandbox, or of the real thing. */
  readonly apiUrl?: string | undefined
  /** What the account gets: `EUR`, `USDT` … Default: the coin that was paid, `DO_NOT_CONVERT`. */
  readonly receiveCurrency?: string | undefined
  /** For each call. Default: 10 s. */
  readonly timeoutMs?: number | undefined
  /** Pauses between repeats of a call whose outcome is unknown. */
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** The account has no such order. */
export class CoingateNotFound extends ProviderRefused {}

interface CoingateRequest {
  readonly method: 'GET' | 'POST'
  /** After the API's address, with its query. */
  readonly path: string
  readonly body?: object
}

/** Calls API v2 once. At most 200 calls a minute (then 429) and 500 orders an hour (then 422). */
export type CallCoingate = <T>(request: CoingateRequest, schema: z.ZodType<T>) => Promise<T>

export function createCoingateClient(settings: CoingateSettings): CallCoingate {
  const base = coingateUrlOf(settings).replace(/\/+$/, '')
  return async ({ method, path, body: sent }, schema) => {
    const { status, body } = await askProvider({
      provider: coingateId,
      method,
      url: base + path,
      headers: { authorization: `Token ${settings.token}` },
      body: sent,
      timeoutMs: settings.timeoutMs ?? 10_000,
    })
    if (status === 404) throw new CoingateNotFound('coingate has no such order')
    if (status >= 400) throw new ProviderRefused(`coingate refused ${method}: HTTP ${status} ${readRefusal(body)}`)
    return readAnswer(coingateId, schema, body)
  }
}

const refusalSchema = z.looseObject({ reason: z.string(), errors: z.array(z.string()).optional() })

/** `BadCredentials`, or `OrderIsNotValid: Price is not a number`; empty when the answer has another shape. */
function readRefusal(body: unknown): string {
  const { data: refusal } = refusalSchema.safeParse(body)
  return refusal ? excerptOf([refusal.reason, ...(refusal.errors ?? [])].join(': ')) : ''
}
