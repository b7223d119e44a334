import { type EntityManager, type Given, PaymentEntity, prepared, sql } from '@vpn-kiosk/db'
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
  const [payment] = await findByReference(em, { provider, reference })
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
  const stored = await em
    .getKysely()
    .with('stored', (cte) =>
      cte
        .insertInto('payments')
        .columns(furtherColumns)
        .expression((eb) =>
          eb
            .selectFrom('payments')
            .select([
              sql`${id}::text`.as('id'),
              'order_id',
              'customer_id',
              'provider',
              'method',
              sql.lit('pending').as('state'),
              'amount_minor',
              'currency',
              sql`${reference}::text`.as('reference'),
              sql`${url ?? null}::text`.as('url'),
              sql`${now}::timestamptz`.as('created_at'),
              'expires_at',
              sql`${addMs(now, minuteMs)}::timestamptz`.as('next_check_at'),
              sql.lit(0).as('checks'),
            ])
            .where('id', '=', paymentId)
            .where('provider', '=', provider),
        )
        .onConflict((conflict) => conflict.columns(['provider', 'reference']).doNothing())
        .returning('id'),
    )
    .insertInto('payment_steps')
    .columns(['payment_id', 'before', 'after', 'cause', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('stored')
        .select([
          'stored.id',
          sql`null`.as('before'),
          sql.lit('pending').as('after'),
          sql.lit('further_invoice').as('cause'),
          sql`${now}::timestamptz`.as('at'),
        ]),
    )
    .returning('payment_id as id')
    .executeTakeFirst()
  return stored?.id ?? null
}

const furtherColumns = [
  'id',
  'order_id',
  'customer_id',
  'provider',
  'method',
  'state',
  'amount_minor',
  'currency',
  'reference',
  'url',
  'created_at',
  'expires_at',
  'next_check_at',
  'checks',
] as const

type InvoiceKey = { provider: ProviderId; reference: ProviderReference }

const findByReference = prepared((db, { provider, reference }: Given<InvoiceKey>) =>
  db.selectFrom('payments').select('id').where('provider', '=', provider).where('reference', '=', reference),
)
