import { type EntityManager, PaymentEntity, runStatement } from '@vpn-kiosk/db'
import { addMs, minuteMs, newId, type PaymentId, type ProviderId, type ProviderReference } from '@vpn-kiosk/domain'

export interface ProviderInvoice {
  readonly provider: ProviderId
  readonly reference: ProviderReference
  /** Our own id as the provider echoes it. */
  readonly paymentId: PaymentId | null
  readonly url?: string
}

/**
 * The payment that a provider's invoice belongs to: by its reference; or by our id, when the webhook overtook the answer
 * to `createInvoice`. An invoice that carries our id under a reference that we do not know is a further attempt to pay
 * the same order (two processes made one each), and becomes a payment of its own, so that its money is honoured too.
 */
export async function matchPayment(em: EntityManager, invoice: ProviderInvoice, now: Date): Promise<PaymentId | null> {
  const { provider, reference, paymentId } = invoice
  const known = 'select id from payments where provider = $1 and reference = $2'
  const [payment] = await runStatement<{ id: PaymentId }>(em, known, [provider, reference])
  if (payment) return payment.id
  if (paymentId === null) return null
  const adopted = await em.nativeUpdate(PaymentEntity, { id: paymentId, provider, reference: null }, { reference })
  return adopted ? paymentId : storeFurtherPayment(em, invoice, now)
}

/** Null when there is no payment of that id, or the invoice has one already. */
export async function storeFurtherPayment(
  em: EntityManager,
  { provider, reference, paymentId, url }: ProviderInvoice,
  now: Date,
): Promise<PaymentId | null> {
  const id = newId('payment')
  const [stored] = await runStatement<{ id: PaymentId }>(em, storeStatement, [
    id,
    paymentId,
    provider,
    reference,
    url ?? null,
    now,
    addMs(now, minuteMs),
  ])
  return stored?.id ?? null
}

const storeStatement = `
  with stored as (
    insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, reference, url,
      created_at, expires_at, next_check_at, checks)
    select $1, order_id, customer_id, provider, 'pending', amount_minor, currency, $4, $5, $6, expires_at, $7, 0
    from payments where id = $2 and provider = $3
    on conflict (provider, reference) do nothing returning id
  )
  insert into payment_steps (payment_id, before, after, cause, at) select id, null, 'pending', 'further_invoice', $6 from stored
  returning payment_id as id`
