import type { Id, PaymentId } from '../ids/ids.ts'
import type { Currency, Money } from '../money/money.ts'
import type { Received, UnreadableAmount } from './received.ts'

/** A provider's folder name under packages/payments: `yookassa`, `cryptobot`, `test` … */
export type ProviderId = string

/** The provider's own id of an invoice, as text. */
export type ProviderReference = string

/** What a payment provider is asked to collect. */
export interface InvoiceRequest {
  /** Our id of the attempt: goes to the provider as its metadata and, where there is one, derives the idempotence key. */
  readonly paymentId: PaymentId
  readonly amount: Money
  /** Shown to the payer; at most 128 characters. */
  readonly description: string
  /** Where the payer returns after the provider's page (the bot's own link). */
  readonly returnUrl: string
  /** The provider is asked to stop collecting then, where it can be asked. */
  readonly expiresAt: Date
  /** Nobody has asked for this payment before, in any process: there is no earlier invoice to look for. */
  readonly isFirst?: boolean
  /** Which of the provider's `methods` the page is to have alone; absent = all that it has. */
  readonly method?: string | undefined
  /** Where the payer's fiscal receipt goes, for a provider that `sendsReceipts` and whose account must. */
  readonly receiptEmail?: string | undefined
  /** How often a request for this payment was refused: the next one is another, and must not pass for a repeat of it. */
  readonly refusals?: number
  /** The payer wishes what is paid with to be kept for later charges: for a provider that `chargesSaved`. */
  readonly savesMethod?: boolean | undefined
}

export interface Invoice {
  readonly reference: ProviderReference
  /** The https page to open. */
  readonly url: string
}

/** A webhook as it came in: the body's bytes untouched, header names in lower case, the address of whoever sent it. */
export interface RawWebhook {
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly sourceIp: string
}

/** A verified webhook: it says which payment to ask about, and is never believed about anything else. */
export interface WebhookEvent {
  /** `refund`: something was given back of the payment that `reference` names. */
  readonly about: 'payment' | 'refund'
  readonly reference: ProviderReference
  /** Our own id when the provider echoed it; helps when the webhook overtakes the answer to `createInvoice`. */
  readonly paymentId: PaymentId | null
  /** Equal for every repetition of the same webhook, such as `payment.succeeded:2d93…`. */
  readonly key: string
  /** The body without secrets, kept for replay and inspection. */
  readonly summary: Readonly<Record<string, unknown>>
}

/** Why a payment ended without money, in words a locale has a sentence for. */
export type CancelReason =
  | 'expired'
  | 'insufficient_funds'
  | 'declined'
  | 'card_problem'
  | 'card_expired'
  /** The payer, or the bank, has taken back the leave to charge what was saved. */
  | 'permission_revoked'
  /** Auto-renewal: a receipt must be sent, and nobody knows where to. */
  | 'receipt_needed'
  | 'limit_exceeded'
  | 'authentication_failed'
  | 'country_forbidden'
  | 'suspected_fraud'
  | 'canceled_by_shop'
  /** The provider went on saying that it has no such invoice until nobody waited for the payment any more. */
  | 'provider_forgot'
  /** No answer that could be understood came until nobody waited for the payment any more. */
  | 'unanswered'
  | 'unknown'

/** The provider's word on an invoice, freshly fetched: the only thing money is credited on. */
export type ProviderStatus =
  | {
      readonly kind: 'pending'
      /** The provider's own word for a state that its documents do not name, such as `on_hold`: staff read it. */
      readonly unknownWord?: string
      /** The answer is a remembered one, and the provider lets nobody ask about the invoice again before then. */
      readonly askAgainAt?: Date
    }
  | {
      readonly kind: 'paid'
      /**
       * What was received, less what was refunded since. An amount that cannot be read is kept as the provider wrote it;
       * reading never throws.
       */
      readonly received: Received
      /**
       * What came beyond `received` in a form that the shop cannot account in, such as coins: what was bought is granted,
       * and staff are told. Never a part of `received`.
       */
      readonly surplus?: UnreadableAmount
      readonly paidAt: Date | null
      /** Our id as the provider's own record echoes it: money of another payment must not be credited to this one. */
      readonly paymentId?: PaymentId | null
      /** What was given back at the provider, by a refund or a chargeback; absent when nothing was. */
      readonly refunded?: Received
      /** What the provider keeps of it; absent where it does not say. */
      readonly fee?: Money
      /** What it was paid with, where the provider has kept it for later charges. */
      readonly saved?: SavedMethod
    }
  | { readonly kind: 'canceled'; readonly reason: CancelReason }
  /** The provider has no such invoice: it was deleted, or the keys are those of another account. */
  | { readonly kind: 'unknown_invoice' }

/** What a provider says about our account with it; null where it says nothing. */
export interface ProviderAccount {
  /** No real money moves. */
  readonly isTest: boolean | null
  /** False when the provider has closed or suspended the account. */
  readonly isEnabled: boolean | null
  /** The account must send a fiscal receipt with each payment. */
  readonly needsReceipts: boolean | null
  /** The keys work until then. */
  readonly keyExpiresAt: Date | null
  /** Which of the provider's `methods` the account may collect by; absent where it does not say. */
  readonly methods?: readonly string[] | null
}

/**
 * How money reaches us. One folder an implementation; all pass `paymentProviderContract`.
 *
 * @example
 * const { reference, url } = await provider.createInvoice(request) // the payer opens the url
 * const event = await provider.parseWebhook({ headers, body, sourceIp }) // says which payment to ask about
 * const status = await provider.fetchStatus(reference)
 * if (status.kind === 'paid') credit(status.received) // money is credited on this answer alone
 */
export interface PaymentProvider {
  readonly id: ProviderId
  /** In which it collects, the preferred one first. */
  readonly currencies: readonly Currency[]
  /** It sends the fiscal receipt of a payment, or of a part that is given back, where it is told to whom. */
  readonly sendsReceipts?: true
  /** Ways to pay that can each have a page of their own, besides the page with all of them. */
  readonly methods?: readonly string[]
  /**
   * One more way to pay: the provider charges the same sum again by itself, every so many days, until it is told to stop.
   * For plans of just that many days.
   */
  readonly recurring?: { readonly method: string; readonly days: number }
  /** The least and the most that it collects with one invoice; absent where it does not say. */
  readonly limits?: Partial<Readonly<Record<Currency, { readonly min?: Money; readonly max?: Money }>>>
  /** It deletes invoices that have run out: `unknown_invoice` means then that nobody paid. */
  readonly forgetsExpired?: true
  /**
   * How long after an invoice was opened the sweep first asks about it; by default half a minute. Longer where questions
   * are limited, so that the one which follows a webhook is not turned away.
   */
  readonly firstCheckMs?: number
  /**
   * Idempotent by `request.paymentId`: a repeat after a time-out never makes a second charge. Throws `ProviderRefused`
   * when the provider says no (its sentence is for staff) and `ProviderUnreachable` when no answer came.
   */
  createInvoice(request: InvoiceRequest): Promise<Invoice>
  /**
   * Verifies a webhook by signature or source. `null` = authentic, but not about a payment.
   * Throws `WebhookRejected` when it is forged, malformed or from elsewhere.
   */
  parseWebhook(raw: RawWebhook): Promise<WebhookEvent | null>
  /**
   * How an invoice stands. Throws `ProviderRefused` or `ProviderUnreachable`, of which `ProviderUnclear` is the answer
   * that came and could not be read; never throws for an answer that says paid.
   */
  fetchStatus(reference: ProviderReference): Promise<ProviderStatus>
  /** A cheap authenticated call: tells `doctor` whether the keys work, and what the account is like. Throws like the others. */
  probe(): Promise<ProviderAccount>
}

/** A provider that can close an open invoice, so that nobody pays it any more. */
export interface Cancelable {
  /**
   * `canceled` also when it was closed already; `too_late` when it is paid, or cannot be closed any more. Throws
   * `ProviderRefused` or `ProviderUnreachable`.
   */
  cancelInvoice(reference: ProviderReference): Promise<'canceled' | 'too_late'>
}

/** A provider whose `recurring` charges can be ended from here. */
export interface EndsRecurring {
  /**
   * `isCanceled`: nothing more is charged; otherwise the payer may take it up again. Harmless when repeated. Throws
   * `ProviderRefused` or `ProviderUnreachable`.
   */
  editRecurring(request: RecurringEdit): Promise<void>
}

export interface RecurringEdit {
  /** The provider's own id of the first charge. */
  readonly chargeId: string
  readonly payerId: bigint
  readonly isCanceled: boolean
}

/** A provider that gives money back when it is asked to. */
export interface Refundable {
  /** `part`: any amount up to what came. `whole`: all of it or nothing. */
  readonly refunds: 'part' | 'whole'
  /**
   * Gives back `amount`, once: a repeat with the same request finds what the first one did, by `refundId` where the
   * provider has an idempotence key, or else by the provider's own sum of what has been given back. Throws
   * `ProviderRefused` (its sentence is for staff) or `ProviderUnreachable`.
   */
  refundPayment(request: RefundRequest): Promise<RefundStatus>
  /** How a refund that was `pending` stands now. Throws like `refundPayment`. */
  fetchRefund(request: RefundRequest, reference: string): Promise<RefundStatus>
}

export interface RefundRequest {
  /** Our id of the attempt. */
  readonly refundId: Id<'refund'>
  /** Of the payment. */
  readonly reference: ProviderReference
  readonly amount: Money
  /** The sum of the refunds of this payment that the shop has known of before this one. */
  readonly refundedBefore: Money
  /** For the payer's statement; at most 128 characters. */
  readonly reason: string
  /** Where the fiscal receipt of a part that is given back goes, as with `createInvoice`. */
  readonly receiptEmail?: string | undefined
}

export type RefundStatus =
  | { readonly kind: 'done' | 'pending'; readonly reference: string }
  /** The provider took the request and did not carry it out, e.g. `insufficient_funds`. */
  | { readonly kind: 'failed'; readonly reason: string }

/** What a customer paid with, kept by the provider: the shop never sees the card itself. */
export interface SavedMethod {
  /** The provider's own id, by which it is charged: a secret. */
  readonly id: string
  /** For people to read: `Visa •• 4242`, `SBP`. */
  readonly title: string
}

/** A provider that charges again what a payer let it keep, without the payer. */
export interface ChargesSaved {
  /**
   * Charges once: a repeat with the same request finds what the first one did. The answer names the payment, which is
   * asked about like any other and alone says whether money came. Throws `SavedMethodGone` when there is nothing left to
   * charge and `ProviderRefused` when the provider says no otherwise: no call of this request has charged anything then.
   * Throws `ProviderUnreachable` when nobody knows whether it was charged.
   */
  chargeSaved(request: SavedCharge): Promise<{ readonly reference: ProviderReference }>
}

export interface SavedCharge {
  /** Our id of the attempt. */
  readonly paymentId: PaymentId
  /** The provider's own id of what was saved. */
  readonly methodId: string
  readonly amount: Money
  /** For the payer's statement; at most 128 characters. */
  readonly description: string
  /** Where the fiscal receipt goes, as with `createInvoice`. */
  readonly receiptEmail?: string | undefined
  /** It was asked for before, since then: the provider's list is searched first, since it may have forgotten the key of that call. */
  readonly askedSince?: Date | undefined
}

/** A provider that is paid in coins for a price in a currency. */
export interface QuotesCoins {
  /** About what `amount` comes to now, for customers to read; null where it does not say. Throws like the others. */
  quoteCoins(amount: Money): Promise<CoinQuote | null>
}

export interface CoinQuote {
  /** The coins that may be paid in; empty = whatever the provider takes. */
  readonly coins: readonly string[]
  readonly coin: string
  /** How much of `coin`, as decimal text, rounded. */
  readonly about: string
}

/** A provider that lists what happened lately, so that our books can be held against its own. */
export interface ListsPayments {
  /** `charges`: a payment may be in several lines, none of which says what came for it in all. */
  readonly lists: 'payments' | 'charges'
  /**
   * Everything paid or given back since then, oldest or newest first, a page at a time. Throws `ProviderRefused`,
   * `ProviderUnreachable`, or `ProviderUnclear` for a list that cannot be read whole.
   */
  listPayments(since: Date): AsyncIterable<readonly ListedPayment[]>
}

export interface ListedPayment {
  readonly reference: ProviderReference
  readonly paymentId: PaymentId | null
  /** What came, less what was given back since. */
  readonly received: Received
  /** What was given back; null when nothing was. */
  readonly refunded: Received | null
  /** What the provider kept of it; null where it does not say. */
  readonly fee?: Money | null
}

export const isCancelable = (provider: PaymentProvider): provider is PaymentProvider & Cancelable =>
  'cancelInvoice' in provider

export const endsRecurring = (provider: PaymentProvider): provider is PaymentProvider & EndsRecurring =>
  'editRecurring' in provider

export const isRefundable = (provider: PaymentProvider): provider is PaymentProvider & Refundable =>
  'refundPayment' in provider

export const chargesSaved = (provider: PaymentProvider): provider is PaymentProvider & ChargesSaved =>
  'chargeSaved' in provider

/** What was saved can never be charged again: to repeat it would only annoy the bank. */
export const endsSavedMethod = (reason: CancelReason): boolean =>
  reason === 'card_expired' || reason === 'permission_revoked'

export const quotesCoins = (provider: PaymentProvider): provider is PaymentProvider & QuotesCoins =>
  'quoteCoins' in provider

export const listsPayments = (provider: PaymentProvider): provider is PaymentProvider & ListsPayments =>
  'listPayments' in provider

/** The webhook is not from the provider, or is not what its documents say. */
export class WebhookRejected extends Error {
  override readonly name = 'WebhookRejected'
}

/** The provider answered, and said no. Asking again unchanged will not help. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused'
}

/** The provider wants a fiscal receipt, or another than it was sent. */
export class ReceiptRefused extends ProviderRefused {}

/** The provider's account may not keep what was paid with: the same invoice without that wish would be made. */
export class SavingRefused extends ProviderRefused {}

/** The provider does not know what was saved, or may not charge it any more. */
export class SavedMethodGone extends ProviderRefused {}

/** No answer, or one that leaves the outcome unknown. Asking again is right. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
}

/** The provider answered that it is asked too often or too soon, or is still at work. `retryAfterMs` is its own wish, when it named one. */
export class ProviderBusy extends ProviderUnreachable {
  readonly retryAfterMs: number | null
  constructor(message: string, retryAfterMs: number | null) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}

/** The provider answered, and nobody can tell what. `excerpt` shows a human the answer: bounded, without secrets. */
export class ProviderUnclear extends ProviderUnreachable {
  readonly excerpt: string
  constructor(message: string, excerpt: string, options?: ErrorOptions) {
    super(message, options)
    this.excerpt = excerpt
  }
}
