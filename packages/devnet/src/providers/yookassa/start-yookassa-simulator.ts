import type { ProviderSimulator } from '../provider-simulator.ts'
import { type SimulatorOptions, startSimulator } from '../start-simulator.ts'
import { createYookassaBook, type RefundMode, type YookassaBook } from './book.ts'
import { createIdempotence } from './idempotence.ts'
import { registerYookassaApi, yookassaErrors } from './routes.ts'

export interface YookassaSimulatorOptions extends SimulatorOptions {
  /** Default `100500`. */
  readonly shopId?: string | undefined
  /** Default `test_devnet`. */
  readonly secretKey?: string | undefined
}

export interface YookassaSimulator extends ProviderSimulator {
  readonly shopId: string
  readonly secretKey: string
  /** A shop under 54-FZ: a payment without a right receipt is refused, and so is a part that is given back. */
  setFiscal(isFiscal: boolean): void
  /** The receipt that came with a payment; null where none did. */
  receiptOf(reference: string): unknown
  /** What the account may collect by from now on; default: bank cards, SBP and YooMoney. */
  setMethods(methods: readonly string[]): void
  /** A two-stage shop only holds the money: payments wait for capture. */
  setTwoStage(isTwoStage: boolean): void
  /** What becomes of the refunds that are asked for from now on; default `succeeded`. */
  setRefundMode(mode: RefundMode): void
  /** False: the account may not keep what is paid with, nor charge it. */
  setSaving(maySave: boolean): void
  /** Charges of what was saved are refused for this reason, such as `insufficient_funds` or `card_expired`; null ends it. */
  setDecline(reason: string | null): void
  /** The payer, or the bank, takes back the leave to charge what was saved with this payment. */
  revokeSaved(reference: string): void
  /** Gives every pending refund, and sends its webhook. */
  settleRefunds(): Promise<void>
}

/** YooKassa API v3 as far as the adapter needs it: strict, stateful, unsigned webhooks from 127.0.0.1. */
export async function startYookassaSimulator(options: YookassaSimulatorOptions): Promise<YookassaSimulator> {
  const { shopId = '100500', secretKey = 'test_devnet' } = options
  const runOnce = createIdempotence(options.clock)
  const at = {} as { book: YookassaBook }
  const simulator = await startSimulator((pageUrl) => {
    const book = createYookassaBook(options.clock, pageUrl)
    at.book = book
    return {
      apiPath: '/v3',
      book,
      look: { title: 'YooKassa', accent: '#0a6cff', offersMistakes: false },
      errors: yookassaErrors,
      registerApi: (app, announce) => registerYookassaApi(app, { book, runOnce, shopId, secretKey, announce }),
    }
  }, options)
  return {
    ...simulator,
    shopId,
    secretKey,
    setFiscal: (isFiscal) => at.book.setFiscal(isFiscal),
    receiptOf: (reference) => at.book.findPayment(reference)?.receipt ?? null,
    setMethods: (methods) => at.book.setMethods(methods),
    setTwoStage: (isTwoStage) => at.book.setTwoStage(isTwoStage),
    setRefundMode: (mode) => at.book.setRefundMode(mode),
    setSaving: (maySave) => at.book.setSaving(maySave),
    setDecline: (reason) => at.book.setDecline(reason),
    revokeSaved: (reference) => at.book.revokeSaved(reference),
    settleRefunds: async () => {
      for (const reference of at.book.settleRefunds()) await simulator.resendWebhook(reference)
    },
  }
}
