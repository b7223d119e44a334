import { type PaymentRow, runStatement } from '@vpn-kiosk/db'
import {
  addMs,
  type Invoice,
  minuteMs,
  money,
  type PaymentProvider,
  ProviderRefused,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import { storeFurtherPayment } from '../payment/match-payment.ts'
import { noteRefusal } from '../payment/note-refusal.ts'
import type { StartPurchaseDeps, StartPurchaseInput } from './purchase-request.ts'

export type OpenInvoiceResult =
  | { readonly kind: 'open'; readonly url: string }
  /** No answer: a later try may well succeed. */
  | { readonly kind: 'unavailable' }
  /** The provider said no, and will say it again until a human mends something. */
  | { readonly kind: 'refused' }

/**
 * Has the provider open an invoice. When it cannot be used now the payment stays `created`, and a later try reuses it.
 * Of two processes that ask at once both return the invoice that was stored first.
 */
export async function openInvoice(
  deps: StartPurchaseDeps,
  provider: PaymentProvider,
  payment: PaymentRow,
  input: StartPurchaseInput,
): Promise<OpenInvoiceResult> {
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
    if (error instanceof ProviderUnreachable) return { kind: 'unavailable' }
    if (!(error instanceof ProviderRefused)) throw error
    await noteRefusal(deps, provider.id, error.message)
    return { kind: 'refused' }
  }
  deps.checkpoint('purchase:invoiced')
  return { kind: 'open', url: await attachInvoice(deps, payment, invoice) }
}

/**
 * Stores the invoice unless another one was stored meanwhile; returns the page of the stored one. A webhook may have
 * overtaken this answer: a payment that moved on keeps its state and only learns the page. A surplus invoice becomes a
 * payment of its own, so that money which comes by it is honoured, and is closed where the provider can.
 */
async function attachInvoice(deps: StartPurchaseDeps, payment: PaymentRow, invoice: Invoice): Promise<string> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { reference, url } = invoice
    const attached = await runStatement(em, attachStatement, [
      payment.id,
      reference,
      url,
      now,
      addMs(now, minuteMs / 2),
    ])
    if (attached.length > 0) return url
    const further = { provider: payment.provider, reference, paymentId: payment.id, url }
    const surplus = await storeFurtherPayment(em, further, now)
    const transaction = em.getTransactionContext()
    if (surplus) await deps.queue.enqueue('cancel-invoice', { paymentId: surplus }, { transaction, key: surplus })
    const [stored] = await runStatement<{ url: string | null }>(em, 'select url from payments where id = $1', [
      payment.id,
    ])
    return stored?.url ?? url
  })
}

const attachStatement = `
  with before as materialized (select id, state from payments where id = $1 for update),
  attached as (
    update payments p set reference = $2, url = coalesce(p.url, $3),
      state = case when before.state = 'created' then 'pending' else p.state end,
      next_check_at = case when before.state = 'created' then $5 else p.next_check_at end
    from before where p.id = before.id and (p.reference is null or p.reference = $2)
    returning p.id, before.state
  ), step as (
    insert into payment_steps (payment_id, before, after, cause, at)
    select id, 'created', 'pending', 'invoice', $4 from attached where state = 'created'
  )
  select id from attached`
