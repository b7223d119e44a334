import { type InvoiceRequest, money, newId } from '@vpn-kiosk/domain'
import type { ProviderHarness, ProviderWorld } from './provider-world.ts'

/** A month at 299, by a payment that nobody has asked for before. */
export function monthInvoice(harness: ProviderHarness, world: ProviderWorld): InvoiceRequest {
  return {
    paymentId: newId('payment'),
    amount: money(29_900, harness.currency),
    description: 'One month',
    returnUrl: 'https://t.me/a_bot',
    expiresAt: new Date(world.now().getTime() + 3_600_000),
    isFirst: true,
  }
}
