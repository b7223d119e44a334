import { type PaymentProvider, ProviderRefused } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { askProvider } from '../ask-provider.ts'
import { readAnswer } from '../read-answer.ts'

export const cryptobotId: PaymentProvider['id'] = 'cryptobot'

/** The live network. */
export const cryptobotApiUrl = 'https://pay.crypt.bot/api'

/** The test network, with tokens of its own from @CryptoTestnetBot. */
const cryptobotTestnetUrl = 'https://testnet-pay.crypt.bot/api'

export interface CryptobotSettings {
  readonly token: string
  /** The test network, where no real money moves. */
  readonly isTestnet?: boolean | undefined
  /** With the `/api` at its end. Default: that of the network. */
  readonly apiUrl?: string | undefined
  /** The coins that may be paid in. Default: all that the service takes. */
  readonly assets?: readonly string[] | undefined
  /** For each call. Default: 10 s. */
  readonly timeoutMs?: number | undefined
  /** Pauses between repeats of a call whose outcome is unknown. */
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** Calls a method of Crypto Pay API 1.5 once and returns its `result`. */
export type CallCryptobot = <T>(method: string, parameters: object, schema: z.ZodType<T>) => Promise<T>

export function createCryptobotClient(settings: CryptobotSettings): CallCryptobot {
  const base = (settings.apiUrl ?? (settings.isTestnet ? cryptobotTestnetUrl : cryptobotApiUrl)).replace(/\/+$/, '')
  return async (method, parameters, schema) => {
    const { status, body } = await askProvider({
      provider: cryptobotId,
      method: 'POST',
      url: `${base}/${method}`,
      headers: { 'crypto-pay-api-token': settings.token },
      body: parameters,
      timeoutMs: settings.timeoutMs ?? 10_000,
    })
    const refusal = refusalSchema.safeParse(body)
    if (refusal.success)
      throw new ProviderRefused(`cryptobot refused ${method}: ${refusal.data.error.name.slice(0, 100)}`)
    if (status >= 400) throw new ProviderRefused(`cryptobot refused ${method}: HTTP ${status}`)
    const { result } = readAnswer(cryptobotId, successSchema, body)
    return readAnswer(cryptobotId, schema, result)
  }
}

const successSchema = z.looseObject({ ok: z.literal(true), result: z.unknown() })

const refusalSchema = z.looseObject({ ok: z.literal(false), error: z.looseObject({ name: z.string() }) })
