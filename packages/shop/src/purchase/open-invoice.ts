import { PaymentEntity, type PaymentRow, PaymentStepEntity } from '@vpn-kiosk/db'
import {
  addMs,
  type Invoice,
  minuteMs,
  money,
  type PaymentId,
  type PaymentProvider,
  ProviderRefused,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import type { StartPurchaseDeps, StartPurchaseInput } from './start-purchase.ts'

/** Has the provider open an invoice. Null when it cannot be used now; the payment stays `created` and a later try reuses it. */
export async function openInvoice(
  deps: StartPurchaseDeps,
  provider: PaymentProvider,
  payment: PaymentRow,
  input: StartPurchaseInput,
): Promise<Invoice | null> {
  let invoice: Invoice
  try {
    invoice = await provider.createInvoice({
      paymentId: payment.id,
      amount: money(payment.amountMinor, payment.currency),
      description: input.description,
      returnUrl: input.returnUrl,
      expiresAt: payment.expiresAt,
    })
  } catch (error) {
    if (error instanceof ProviderRefused || error instanceof ProviderUnreachable) return null
    throw error
  }
  deps.checkpoint('purchase:invoiced')
  await attachInvoice(deps, payment.id, invoice)
  return invoice
}

/** The notice may have overtaken this answer: a payment that moved on keeps its state and only learns the reference. */
async function attachInvoice(deps: StartPurchaseDeps, id: PaymentId, invoice: Invoice): Promise<void> {
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    await em.nativeUpdate(PaymentEntity, { id, reference: null }, { reference: invoice.reference })
    await em.nativeUpdate(PaymentEntity, { id, url: null }, { url: invoice.url })
    const moved = await em.nativeUpdate(
      PaymentEntity,
      { id, state: 'created' },
      { state: 'pending', nextCheckAt: addMs(now, minuteMs / 2) },
    )
    if (moved)
      await em.insert(PaymentStepEntity, {
        paymentId: id,
        before: 'created',
        after: 'pending',
        cause: 'invoice',
        at: now,
      })
  })
}
