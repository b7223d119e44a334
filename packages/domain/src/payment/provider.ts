import type { PaymentId } from '../ids/ids.ts'
import type { Currency, Money } from '../money/money.ts'

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
}

export interface Invoice {
  readonly reference: ProviderReference
  /** The https page to open. */
  readonly url: string
}

/** A webhook as it came in: the body's bytes untouched, header names in lower case, the address of whoever sent it. */
export interface RawNotice {
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly sourceIp: string
}

/** A verified doorbell: it says which payment to ask about, and is never believed about anything else. */
export interface PaymentNotice {
  readonly reference: ProviderReference
  /** Our own id when the provider echoed it; helps when the notice overtakes the answer to `createInvoice`. */
  readonly paymentId: PaymentId | null
  /** Same for every repetition of the same notice, e.g. `payment.succeeded:2d93…`. */
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
  | 'limit_exceeded'
  | 'authentication_failed'
  | 'country_forbidden'
  | 'suspected_fraud'
  | 'canceled_by_shop'
  | 'unknown'

/** The provider's word on an invoice, freshly fetched: the only thing money is credited on. */
export type ProviderStatus =
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'paid'
      readonly received: Money
      readonly paidAt: Date | null
      /** Our id as the provider's own record echoes it: money of another payment must not be credited to this one. */
      readonly paymentId?: PaymentId | null
    }
  | { readonly kind: 'canceled'; readonly reason: CancelReason }

/** How money reaches us. One folder an implementation; all pass `paymentProviderContract`. */
export interface PaymentProvider {
  readonly id: ProviderId
  readonly currencies: readonly Currency[]
  /** Idempotent by `request.paymentId`: a repeat after a time-out never makes a second charge. */
  createInvoice(request: InvoiceRequest): Promise<Invoice>
  /**
   * Verifies a webhook by signature or source. `null` = authentic, but not about a payment.
   * Throws `NoticeRejected` when it is forged, malformed or from elsewhere.
   */
  readNotice(raw: RawNotice): Promise<PaymentNotice | null>
  fetchStatus(reference: ProviderReference): Promise<ProviderStatus>
  /** A cheap authenticated call: tells `doctor` whether the keys work. Throws like the others. */
  probe(): Promise<void>
}

/** The webhook is not from the provider, or is not what its documents say. */
export class NoticeRejected extends Error {
  override readonly name = 'NoticeRejected'
}

/** The provider answered, and said no. Asking again unchanged will not help. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused'
}

/** No answer, or one that leaves the outcome unknown. Asking again is right. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
}
