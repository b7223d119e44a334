import {
  type EndsRecurring,
  type ListedPayment,
  type ListsPayments,
  money,
  type PaymentProvider,
  type Refundable,
  type StarCharge,
  type StarChargeBook,
  starSubscription,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { z } from 'zod'
import { defaultRetryDelaysMs, repeatUnknown } from '../repeat-unknown.ts'
import { shareInFlight } from '../share-in-flight.ts'
import { createStarsClient, type StarsSettings, starsId } from './client.ts'
import { editRecurring } from './edit-recurring.ts'
import { createInvoice, fetchStatus, readTransactions } from './invoices.ts'
import { refundPayment } from './refund-payment.ts'

export type { StarsSettings } from './client.ts'

/**
 * Telegram Stars: an invoice that opens in Telegram, paid by the client bot's customer. Telegram says what was paid to the bot
 * (`receiveStarPayment`) and in its list of transactions, never by a webhook over HTTP. An invoice does not run out at
 * Telegram: `approveCheckout` refuses one that has run out here. Tried on a simulated Bot API alone; not verified: that
 * transactions are listed from the oldest on, and that a refund is listed where it happened.
 */
export function createStars(
  settings: StarsSettings,
  book: StarChargeBook = noCharges,
): PaymentProvider & Refundable & ListsPayments & EndsRecurring {
  const call = createStarsClient(settings)
  const { retryDelaysMs = defaultRetryDelaysMs } = settings
  const reading = { call, book, retryDelaysMs }
  const share = shareInFlight(
    (what: 'all') => what,
    () => readTransactions(reading),
  )
  const deps = {
    ...reading,
    catchUp: () => share('all'),
  }
  return {
    id: starsId,
    currencies: ['XTR'],
    recurring: starSubscription,
    limits: { XTR: { min: money(1, 'XTR'), max: money(10_000, 'XTR') } },
    refunds: 'whole',
    createInvoice: (request) => createInvoice(deps, request),
    parseWebhook: async () => {
      throw new WebhookRejected('Telegram tells the bot of stars, and nobody over HTTP')
    },
    fetchStatus: (reference) => fetchStatus(deps, reference),
    refundPayment: (request) => refundPayment(deps, request),
    fetchRefund: (request) => refundPayment(deps, request),
    editRecurring: (request) => editRecurring(deps, request),
    lists: 'charges',
    async *listPayments(since) {
      await deps.catchUp()
      for await (const charges of book.listSince(since)) yield charges.map(toListed)
    },
    probe: async () => {
      await repeatUnknown(retryDelaysMs, () => call('getMyStarBalance', {}, z.looseObject({ amount: z.number() })))
      return { isTest: null, isEnabled: null, needsReceipts: false, keyExpiresAt: null }
    },
  }
}

const noCharges: StarChargeBook = {
  add: async () => {},
  listOf: async () => [],
  async *listSince() {},
  readCursor: async () => 0,
  moveCursor: async () => {},
}

const zero = money(0, 'XTR')

const toListed = ({ paymentId, amount, refundedAt }: StarCharge): ListedPayment => ({
  reference: paymentId,
  paymentId,
  received: refundedAt === null ? amount : zero,
  refunded: refundedAt === null ? null : amount,
})
