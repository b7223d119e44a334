import { generateKeyPair, type KeyPairKeyObjectResult } from 'node:crypto'
import { promisify } from 'node:util'
import { addDays } from '@vpn-kiosk/domain'
import type { ProviderSimulator } from '../provider-simulator.ts'
import { type SimulatorOptions, startSimulator } from '../start-simulator.ts'
import { createWataBook, signBody, type WataBook } from './book.ts'
import { registerWataApi, wataErrors } from './routes.ts'

export interface WataSimulatorOptions extends SimulatorOptions {
  /** Default ten years: a demo's clock may be moved far. */
  readonly tokenDays?: number | undefined
}

export interface WataSimulator extends ProviderSimulator {
  readonly token: string
  /** The headers with which the provider would send this body. */
  sign(body: string | Uint8Array): Record<string, string>
  /** The payer pays a link that is paid already. */
  payAgain(reference: string): Promise<void>
  /** Signs with another key from now on. */
  changeKey(): Promise<void>
  /** A terminal for digital goods gives nothing back. */
  setDigitalGoods(isDigital: boolean): void
}

const newKeys = (): Promise<KeyPairKeyObjectResult> => promisify(generateKeyPair)('rsa', { modulusLength: 2048 })

/** Wata's H2H API: payment links that are deleted when they run out, a limit on questions, webhooks signed with RSA. */
export async function startWataSimulator(options: WataSimulatorOptions): Promise<WataSimulator> {
  const { clock, tokenDays = 3650 } = options
  const tokenExpiresAt = addDays(clock.now(), tokenDays)
  const token = writeToken(tokenExpiresAt)
  const at = { keys: await newKeys(), isDigital: false } as {
    keys: KeyPairKeyObjectResult
    isDigital: boolean
    book: WataBook
  }
  const sign = (body: string | Uint8Array) => signBody(at.keys.privateKey, body)
  const simulator = await startSimulator((pageUrl) => {
    const book = createWataBook({ clock, sign, pageUrl })
    at.book = book
    return {
      apiPath: '/api/h2h',
      book,
      look: { title: 'Wata', accent: '#12a06b', offersMistakes: false },
      errors: wataErrors,
      registerApi: (app, announce) =>
        registerWataApi(app, {
          book,
          clock,
          token,
          tokenExpiresAt,
          announce,
          publicKey: () => at.keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
          sellsDigitalGoods: () => at.isDigital,
        }),
    }
  }, options)
  return {
    ...simulator,
    token,
    sign,
    payAgain: async (reference) => {
      at.book.payAgain(reference)
      await simulator.resendWebhook(reference)
    },
    changeKey: async () => {
      at.keys = await newKeys()
    },
    setDigitalGoods: (isDigital) => {
      at.isDigital = isDigital
    },
  }
}

/** A JWT in form; the simulator compares it whole. */
function writeToken(expiresAt: Date): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ exp: Math.floor(expiresAt.getTime() / 1000) })}.devnet`
}
