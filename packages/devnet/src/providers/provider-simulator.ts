import type { FaultSwitch } from './fault-switch.ts'
import type { ReceivedInstead, SimulatedInvoice } from './invoice-book.ts'
import type { Delivery } from './webhook-sender.ts'

/** A provider in this process: an HTTP API with pay pages, and the strings that move it. */
export interface ProviderSimulator {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** What an adapter is given as its `apiUrl`. */
  readonly apiUrl: string
  readonly faults: FaultSwitch
  /** The payer pays; `instead` reports another amount or currency. Resolves after the first attempt to deliver the webhook. */
  pay(reference: string, instead?: ReceivedInstead): Promise<void>
  /** The payer chooses what to pay with, where the provider asks for it. */
  choose(reference: string, choice: string): Promise<void>
  /** The payment is declined; `reason` in the provider's own words. */
  fail(reference: string, reason?: string): Promise<void>
  expire(reference: string): Promise<void>
  /** Expires what is due by the clock and sends the webhooks; API calls do the same. */
  expireDue(): Promise<void>
  listInvoices(): SimulatedInvoice[]
  findInvoice(reference: string): SimulatedInvoice | null
  setWebhookUrl(url: string | null): void
  setWebhooks(isOn: boolean): void
  dropNextWebhook(times?: number): void
  /** Sends the webhook about the invoice's present state again, `times` times at once. */
  resendWebhook(reference: string, times?: number): Promise<void>
  webhookDeliveries(): readonly Delivery[]
  /** Resolves when no webhook is on its way and no repeat is due. */
  webhooksSettled(): Promise<void>
  close(): Promise<void>
}
