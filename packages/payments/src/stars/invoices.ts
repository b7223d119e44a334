import {
  type Invoice,
  type InvoiceRequest,
  isId,
  type ProviderReference,
  ProviderRefused,
  type ProviderStatus,
  type StarChargeBook,
  starSubscription,
} from '@vpn-kiosk/domain'
import { z } from 'zod'
import { assertPageUrl } from '../assert-page-url.ts'
import { repeatUnknown } from '../repeat-unknown.ts'
import { type CallTelegram, starsId } from './client.ts'
import { readCharge, transactionsSchema } from './invoice-object.ts'
import { readStatus } from './status.ts'

export interface StarsDeps {
  readonly call: CallTelegram
  readonly book: StarChargeBook
  readonly retryDelaysMs: readonly number[]
  /** `readTransactions`, one at a time. */
  readonly catchUp: () => Promise<void>
}

const daySeconds = 24 * 3600
const longestTitle = 32
/** Telegram's own limit of a page. */
const page = 100
/** So many pages at a time: a shop that was away for long catches up over several calls. */
const pagesAtOnce = 20

/**
 * A link that opens the invoice in Telegram. There may be two of one payment: once one is paid, `approveCheckout` refuses the
 * other, and two that are paid in the same moment are both counted. So the reference is our own id.
 */
export async function createInvoice({ call, retryDelaysMs }: StarsDeps, request: InvoiceRequest): Promise<Invoice> {
  const { amount, description, paymentId, method } = request
  if (amount.currency !== 'XTR') throw new ProviderRefused(`stars collects stars, not ${amount.currency}`)
  const title = description.slice(0, longestTitle)
  const url = await repeatUnknown(retryDelaysMs, () =>
    call(
      'createInvoiceLink',
      {
        title,
        description,
        payload: paymentId,
        provider_token: '',
        currency: 'XTR',
        prices: [{ label: title, amount: Number(amount.minor) }],
        ...(method === starSubscription.method && { subscription_period: starSubscription.days * daySeconds }),
      },
      z.string(),
    ),
  )
  return { reference: paymentId, url: assertPageUrl(starsId, url) }
}

export async function fetchStatus(deps: StarsDeps, reference: ProviderReference): Promise<ProviderStatus> {
  if (!isId('payment', reference)) return { kind: 'unknown_invoice' }
  const known = await deps.book.listOf(reference)
  if (known.length > 0) return readStatus(reference, known)
  await deps.catchUp()
  return readStatus(reference, await deps.book.listOf(reference))
}

/** Reads what Telegram has added since the last time. Repeating a page is harmless. */
export async function readTransactions({ call, book, retryDelaysMs }: Omit<StarsDeps, 'catchUp'>): Promise<void> {
  for (let pages = 0; pages < pagesAtOnce; pages++) {
    const offset = await book.readCursor()
    const { transactions } = await repeatUnknown(retryDelaysMs, () =>
      call('getStarTransactions', { offset, limit: page }, transactionsSchema),
    )
    await book.add(transactions.map(readCharge).filter((charge) => charge !== null))
    if (transactions.length > 0) await book.moveCursor(offset + transactions.length)
    if (transactions.length < page) return
  }
}
