import type { Webhook } from './webhook-sender.ts'

/** A sum as providers write it: `{ value: '299.00', currency: 'RUB' }`. */
export interface Sum {
  readonly value: string
  readonly currency: string
}

/** A simulated provider's invoice, in words common to all of them. */
export interface SimulatedInvoice {
  readonly reference: string
  /** Our own id, as the adapter sent it along. */
  readonly paymentId: string | null
  readonly asked: Sum
  readonly received: Sum | null
  /** What was given back, where the provider gives back. */
  readonly refunded?: Sum
  readonly description: string
  readonly returnUrl: string
  readonly status: 'pending' | 'held' | 'paid' | 'canceled'
  readonly createdAt: Date
  readonly expiresAt: Date | null
}

/** What is received instead of the asked sum; what is left out stays as asked. */
export interface ReceivedInstead {
  /** Decimal text, e.g. `298.99`. */
  readonly amount?: string | undefined
  readonly currency?: string | undefined
}

/** The state of one simulated provider. Each change throws when the invoice is unknown or no longer open. */
export interface InvoiceBook {
  pay(reference: string, instead: ReceivedInstead): void
  /** Where the payer chooses before paying. */
  choose?(reference: string, choice: string): void
  fail(reference: string, reason: string | undefined): void
  expire(reference: string): void
  /** Expires whatever is due by the clock; returns the references that changed. */
  expireDue(): string[]
  find(reference: string): SimulatedInvoice | null
  list(): SimulatedInvoice[]
  /** The webhook that the provider sends about the invoice's present state; null when it sends none. */
  webhook(reference: string): Webhook | null
}
