import { hourMs, moneyFromDecimal, moneyToDecimal, type PaymentProvider, type RawWebhook } from '@vpn-kiosk/domain'
import type { ContractFault, ProviderWorld } from '@vpn-kiosk/payments/contract'
import type { Fault } from '../fault-switch.ts'
import type { ProviderSimulator } from '../provider-simulator.ts'
import type { TestClock } from './test-clock.ts'
import type { WebhookBox } from './webhook-box.ts'

/** Impatient enough for a test that waits for a time-out, patient enough for a busy machine. */
export const hasty = { timeoutMs: 600, retryDelaysMs: [5, 20] }

/** What differs between the worlds of the three simulators. */
export interface WorldParts {
  readonly simulator: ProviderSimulator
  readonly box: WebhookBox
  readonly clock: TestClock
  readonly connect: (keys: 'right' | 'wrong') => PaymentProvider
  readonly secrets: readonly string[]
  /** How the call that creates an invoice looks to the fault switch. */
  readonly createCall: string
  /** The same for the call that gives back. */
  readonly refundCall?: string
  readonly authentic: (body: Uint8Array) => RawWebhook
  readonly forged: (webhook: RawWebhook) => RawWebhook
  /** For a provider that limits how often one thing is asked about; by default none does. */
  readonly restMs?: number
}

/** The world of the contract suite, on a running simulator. */
export function createProviderWorld(parts: WorldParts): ProviderWorld {
  const { simulator, box, clock } = parts
  return {
    provider: parts.connect('right'),
    withWrongKeys: parts.connect('wrong'),
    restart: () => parts.connect('right'),
    secrets: parts.secrets,
    now: () => clock.now(),
    rest: () => clock.advance(parts.restMs ?? 0),
    setFault: (fault) => setFault(parts, fault),
    countCharges: (paymentId) => simulator.listInvoices().filter((invoice) => invoice.paymentId === paymentId).length,
    countRefunded: (reference) =>
      moneyFromDecimal(simulator.findInvoice(reference)?.refunded?.value ?? '0.00', 'RUB').minor,
    pay: (reference, received) =>
      simulator.pay(reference, received && { amount: moneyToDecimal(received), currency: received.currency }),
    expire: async () => clock.advance(hourMs + 1),
    takeWebhook: () => box.take(),
    resendWebhook: (reference) => simulator.resendWebhook(reference),
    authentic: (body) => parts.authentic(Buffer.from(body)),
    forged: parts.forged,
    close: async () => {
      await Promise.all([simulator.close(), box.close()])
    },
  }
}

function setFault({ simulator: { faults }, createCall, refundCall = '' }: WorldParts, fault: ContractFault): void {
  const always = (kind: Fault, on = '') => faults.failNext(kind, { times: 1000, on })
  faults.clear()
  if (fault === 'none') return
  if (fault === 'down') faults.setDown(true)
  else if (fault === 'lose-create-answer') faults.failNext('silent-after-storing', { on: createCall })
  else if (fault === 'lose-every-create-answer') always('silent-after-storing', createCall)
  else if (fault === 'lose-refund-answer') faults.failNext('silent-after-storing', { on: refundCall })
  else if (fault === 'fail-create-once') faults.failNext('error-500-after-storing', { on: createCall })
  else always(fault)
}
