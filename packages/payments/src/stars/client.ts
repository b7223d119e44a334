import { type PaymentProvider, ProviderBusy, ProviderRefused } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { askProvider } from '../ask-provider.ts'
import { excerptOf } from '../excerpt.ts'
import { readAnswer } from '../read-answer.ts'

export const starsId: PaymentProvider['id'] = 'stars'

const botApiUrl = 'https://api.telegram.org'

export interface StarsSettings {
  /** Of the client bot: invoices and charges are a bot's. */
  readonly token: string
  /** Without a slash at the end. Default: `botApiUrl`. */
  readonly apiUrl?: string | undefined
  /** For each call. Default: 10 s. */
  readonly timeoutMs?: number | undefined
  /** Pauses between repeats of a call whose outcome is unknown. */
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** Calls a method of the Bot API once and returns its `result`. Throws `ProviderRefused` with Telegram's description. */
export type CallTelegram = <T>(
  method:
    | 'createInvoiceLink'
    | 'editUserStarSubscription'
    | 'getStarTransactions'
    | 'refundStarPayment'
    | 'getMyStarBalance',
  parameters: object,
  schema: z.ZodType<T>,
) => Promise<T>

export function createStarsClient({ token, apiUrl = botApiUrl, timeoutMs = 10_000 }: StarsSettings): CallTelegram {
  return async (method, parameters, schema) => {
    const { body } = await askProvider({
      provider: starsId,
      method: 'POST',
      url: `${apiUrl.replace(/\/+$/, '')}/bot${token}/${method}`,
      headers: {},
      body: parameters,
      timeoutMs,
      readRetryAfterMs: (answer) => {
        const seconds = refusalSchema.safeParse(answer).data?.parameters?.retry_after
        return seconds === undefined ? null : seconds * 1000
      },
    })
    const refusal = refusalSchema.safeParse(body).data
    if (refusal?.error_code === 429) throw new ProviderBusy('stars asks for fewer calls', null)
    if (refusal) throw new ProviderRefused(`stars refused ${method}: ${excerptOf(refusal.description)}`)
    return readAnswer(starsId, schema, readAnswer(starsId, successSchema, body).result)
  }
}

const successSchema = z.looseObject({ ok: z.literal(true), result: z.unknown() })

const refusalSchema = z.looseObject({
  ok: z.literal(false),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.looseObject({ retry_after: z.number().nonnegative().optional() }).optional(),
})
