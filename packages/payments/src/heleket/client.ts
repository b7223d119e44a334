import { createHash } from 'node:crypto'
import { type PaymentProvider, ProviderRefused } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { askProvider } from '../ask-provider.ts'
import { excerptOf } from '../excerpt.ts'
import { readAnswer } from '../read-answer.ts'

export const heleketId: PaymentProvider['id'] = 'heleket'

/** The live service; there is no other. `https://api.cryptomus.com` speaks the same protocol. */
const heleketApiUrl = 'https://api.heleket.com'

export interface HeleketSettings {
  /** The merchant's uuid. */
  readonly merchant: string
  /** The key for payments; the one for payouts is another. */
  readonly apiKey: string
  /** Where the provider reaches the shop: each invoice names its callback address. */
  readonly publicUrl: string
  /** Without the `/v1`. Default: `heleketApiUrl`. */
  readonly apiUrl?: string | undefined
  /** For each call. Default: 10 s. */
  readonly timeoutMs?: number | undefined
  /** Pauses between repeats of a call whose outcome is unknown. */
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** The merchant has no such invoice. */
export class HeleketNotFound extends ProviderRefused {}

/** Calls a method of the v1 API once and returns its `result`. */
export type CallHeleket = <T>(
  path: '/v1/payment' | '/v1/payment/info',
  body: object,
  schema: z.ZodType<T>,
) => Promise<T>

/** What signs a call and a webhook alike: the MD5 of the body in base64 and the key behind it, in lower-case hex. */
export const signBody = (body: string, apiKey: string): string =>
  createHash('md5')
    .update(Buffer.from(body).toString('base64') + apiKey)
    .digest('hex')

export function createHeleketClient(settings: HeleketSettings): CallHeleket {
  const base = (settings.apiUrl ?? heleketApiUrl).replace(/\/+$/, '')
  return async (path, parameters, schema) => {
    const { status, body } = await askProvider({
      provider: heleketId,
      method: 'POST',
      url: base + path,
      headers: { merchant: settings.merchant, sign: signBody(JSON.stringify(parameters), settings.apiKey) },
      body: parameters,
      timeoutMs: settings.timeoutMs ?? 10_000,
    })
    const refusal = refusalSchema.safeParse(body).data
    if (refusal || status >= 400) {
      const said = `heleket refused ${path}: HTTP ${status} ${refusal ? excerptOf(refusal.message ?? refusal.errors) : ''}`
      const isUnknown = path === '/v1/payment/info' && (status === 404 || status === 422)
      throw isUnknown ? new HeleketNotFound(said) : new ProviderRefused(said)
    }
    return readAnswer(heleketId, schema, readAnswer(heleketId, successSchema, body).result)
  }
}

const successSchema = z.looseObject({ state: z.literal(0), result: z.unknown() })

const refusalSchema = z.looseObject({
  state: z.literal(1),
  message: z.string().nullish(),
  errors: z.unknown().optional(),
})
