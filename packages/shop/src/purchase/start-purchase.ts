import type { CustomerId, OrderId, PaymentId, Plan, PlanId, ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { openInvoice } from './open-invoice.ts'
import { preparePayment } from './prepare-payment.ts'

export type StartPurchaseDeps = Pick<ShopDeps, 'db' | 'clock' | 'providers' | 'checkpoint'>

export interface StartPurchaseInput {
  readonly customerId: CustomerId
  readonly planId: PlanId
  readonly providerId: ProviderId
  /** Where the payer comes back to: the bot's own link. */
  readonly returnUrl: string
  /** What the payer reads on the provider's page. */
  readonly description: string
}

export type StartPurchaseResult =
  | {
      readonly kind: 'invoice'
      readonly paymentId: PaymentId
      readonly orderId: OrderId
      readonly url: string
      readonly plan: Plan
      readonly providerId: ProviderId
      readonly expiresAt: Date
    }
  | { readonly kind: 'banned' }
  | { readonly kind: 'plan_gone' }
  | { readonly kind: 'provider_gone' }
  | { readonly kind: 'provider_unavailable'; readonly plan: Plan; readonly providerId: ProviderId }

/**
 * Opens an order and an invoice to pay for it. A second call for the same plan and provider while the first
 * invoice is open hands out the same one, so a double tap never makes two.
 */
export async function startPurchase(deps: StartPurchaseDeps, input: StartPurchaseInput): Promise<StartPurchaseResult> {
  const provider = deps.providers.get(input.providerId)
  if (!provider) return { kind: 'provider_gone' }
  const prepared = await deps.db.transaction((em) => preparePayment(deps, em, input, provider))
  if ('kind' in prepared) return prepared
  deps.checkpoint('purchase:stored')

  const { payment, plan } = prepared
  const invoice =
    payment.url && payment.reference
      ? { url: payment.url, reference: payment.reference }
      : await openInvoice(deps, provider, payment, input)
  if (!invoice) return { kind: 'provider_unavailable', plan, providerId: provider.id }
  return {
    kind: 'invoice',
    paymentId: payment.id,
    orderId: payment.orderId,
    url: invoice.url,
    plan,
    providerId: provider.id,
    expiresAt: payment.expiresAt,
  }
}
