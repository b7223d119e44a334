import type { Currency, Money, PaymentId, PaymentProvider, ProviderReference, RawWebhook } from '@vpn-kiosk/domain'

/** What the simulated provider can be told to do to the next calls; `none` ends it. */
export type ContractFault =
  | 'none'
  /** Every connection is cut. */
  | 'down'
  | 'html-502'
  /** Every call is taken and none is ever answered. */
  | 'silent'
  /** 429 with a `Retry-After` too long to wait out. */
  | 'rate-limited'
  /** The next create is stored, and its answer never arrives. */
  | 'lose-create-answer'
  /** The same for every create. */
  | 'lose-every-create-answer'
  /** The next create is stored, and answered with 500. */
  | 'fail-create-once'
  /** The next refund is given, and its answer never arrives. */
  | 'lose-refund-answer'

/** One provider in one simulated world, made anew for each test. */
export interface ProviderWorld {
  readonly provider: PaymentProvider
  readonly withWrongKeys: PaymentProvider
  /** The keys in use: none may be found in an error. */
  readonly secrets: readonly string[]
  now(): Date
  /** Time passes until the provider, which may limit how often one thing is asked about, answers about all of it again. */
  rest(): void
  /** Another instance on the same world, as after a restart of the process. */
  restart(): PaymentProvider
  setFault(fault: ContractFault): void
  /** How many invoices the provider holds for our payment. */
  countCharges(paymentId: PaymentId): number
  /** How much the provider has given back of a payment, in minor units. */
  countRefunded(reference: ProviderReference): bigint
  pay(reference: ProviderReference, received?: Money): Promise<void>
  expire(reference: ProviderReference): Promise<void>
  /** The next webhook that the provider delivered; waits for it. */
  takeWebhook(): Promise<RawWebhook>
  resendWebhook(reference: ProviderReference): Promise<void>
  /** A webhook with this body that the provider itself would have sent (signed, from its address). */
  authentic(body: string | Uint8Array): RawWebhook
  /** The same webhook as somebody else would send it. */
  forged(webhook: RawWebhook): RawWebhook
  close(): Promise<void>
}

export interface ProviderHarness {
  readonly currency: Currency
  /** Webhooks are signed, so that a changed byte shows. */
  readonly signed: boolean
  /** A received amount or currency other than the asked one, where the simulator can report it. */
  readonly reportsOtherMoney: boolean
  /** An authentic webhook about something that is no payment. */
  readonly irrelevantBody: string
  /** A reference of the right shape that the provider never issued. */
  readonly unknownReference: ProviderReference
  start(): Promise<ProviderWorld>
}

/** Where a test finds the world that was made for it. */
export interface Place {
  world: ProviderWorld
}
