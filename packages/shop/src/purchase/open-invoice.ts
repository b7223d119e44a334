import {
  type AskedInvoice,
  type Given,
  type Json,
  PaymentEntity,
  type PaymentRow,
  prepared,
  sql,
  toJson,
} from '@vpn-kiosk/db'
import {
  addMs,
  type Invoice,
  minuteMs,
  money,
  type PaymentProvider,
  type PaymentState,
  type ProviderReference,
  ProviderRefused,
  ProviderUnreachable,
  ReceiptRefused,
  SavingRefused,
} from '@vpn-kiosk/domain'
import { findReceipt } from '../payment/find-receipt.ts'
import { storeFurtherPayment } from '../payment/match-payment.ts'
import { noteReceipts } from '../payment/note-receipts.ts'
import { noteSavingRefused } from '../payment/note-saving-refused.ts'
import { recordRefusal } from '../payment/record-refusal.ts'
import type { StartPurchaseDeps, StartPurchaseInput } from './purchase-request.ts'

export type OpenInvoiceResult =
  | { readonly kind: 'open'; readonly url: string; readonly savesCard: boolean }
  /** No answer: a later try may well succeed. */
  | { readonly kind: 'unavailable' }
  /** The provider said no, and will say it again until a human mends something. */
  | { readonly kind: 'refused' }
  /** A receipt must be sent, and nobody knows where to. */
  | { readonly kind: 'needs_email' }

/**
 * Has the provider open an invoice. When it cannot be used now the payment stays `created`, and a later try reuses it.
 * Of two processes that ask at once both return the invoice that was stored first.
 */
export async function openInvoice(
  deps: StartPurchaseDeps,
  provider: PaymentProvider,
  payment: PaymentRow,
  input: Pick<StartPurchaseInput, 'description' | 'returnUrl'> & { readonly isFirst: boolean },
): Promise<OpenInvoiceResult> {
  const receipt = await findReceipt(deps, provider, payment.customerId)
  if (receipt?.email === null) return { kind: 'needs_email' }
  const { savesCard } = payment
  const asked = await keepAsked(deps, payment, {
    ...input,
    receiptEmail: receipt?.email,
    ...(savesCard && { savesMethod: true }),
  })
  let invoice: Invoice
  try {
    invoice = await provider.createInvoice({
      paymentId: payment.id,
      amount: money(payment.amountMinor, payment.currency),
      ...asked,
      method: payment.method ?? undefined,
      refusals: payment.refusals,
      expiresAt: payment.expiresAt,
      isFirst: input.isFirst,
    })
  } catch (error) {
    if (error instanceof ProviderUnreachable) return { kind: 'unavailable' }
    if (!(error instanceof ProviderRefused)) throw error
    const tried = await forgetAsked(deps, payment)
    if (error instanceof ReceiptRefused && provider.sendsReceipts && asked.receiptEmail === undefined) {
      await noteReceipts(deps, provider)
      return openInvoice(deps, provider, tried, input)
    }
    if (error instanceof SavingRefused) return openWithoutSaving(deps, provider, tried, input, error)
    await recordRefusal(deps, provider.id, error.message)
    return { kind: 'refused' }
  }
  deps.checkpoint('purchase:invoiced')
  const url = await attachInvoice(deps, payment, invoice, provider.firstCheckMs ?? minuteMs / 2)
  return { kind: 'open', url, savesCard }
}

/** Staff are told; the customer pays as usual. */
async function openWithoutSaving(
  deps: StartPurchaseDeps,
  provider: PaymentProvider,
  payment: PaymentRow,
  input: Parameters<typeof openInvoice>[3],
  refusal: SavingRefused,
): Promise<OpenInvoiceResult> {
  await noteSavingRefused(deps, provider)
  await recordRefusal(deps, provider.id, refusal.message, 'cards')
  await deps.db.em().nativeUpdate(PaymentEntity, { id: payment.id }, { savesCard: false })
  return openInvoice(deps, provider, { ...payment, savesCard: false }, input)
}

/**
 * What the provider is asked for, or was: a repeat of an unknown outcome must say the same, though the shop is called
 * otherwise by now or the customer reads another language.
 */
async function keepAsked(
  { db }: StartPurchaseDeps,
  { id }: PaymentRow,
  { description, returnUrl, receiptEmail, savesMethod }: AskedInvoice,
): Promise<AskedInvoice> {
  const { asked } = await db
    .getKysely()
    .updateTable('payments')
    .set({
      asked: sql<
        Json<AskedInvoice>
      >`coalesce(asked, ${toJson({ description, returnUrl, receiptEmail, savesMethod })}::jsonb)`,
    })
    .where('id', '=', id)
    .returning('asked')
    .executeTakeFirstOrThrow()
  return asked ?? { description, returnUrl, receiptEmail, savesMethod }
}

/** A request that was refused made nothing: the next one may be another. */
async function forgetAsked({ db }: StartPurchaseDeps, payment: PaymentRow): Promise<PaymentRow> {
  const { id, refusals } = payment
  const change = { asked: null, refusals: refusals + 1 }
  await db.em().nativeUpdate(PaymentEntity, { id, refusals }, change)
  return { ...payment, ...change }
}

/**
 * Stores the invoice unless another one was stored meanwhile; returns the page of the stored one. A webhook may have
 * overtaken this answer: a payment that moved on keeps its state and only learns the page. A surplus invoice becomes a
 * payment of its own, so that money which comes by it is honoured, and is closed where the provider can.
 */
async function attachInvoice(
  deps: StartPurchaseDeps,
  payment: PaymentRow,
  invoice: Invoice,
  firstCheckMs: number,
): Promise<string> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { reference, url } = invoice
    const values = { id: payment.id, reference, url, now, nextCheckAt: addMs(now, firstCheckMs) }
    const attached = await attach(em, values)
    if (attached.length > 0) return url
    const further = { provider: payment.provider, reference, paymentId: payment.id, url }
    const surplus = await storeFurtherPayment(em, further, now)
    const transaction = em.getTransactionContext()
    if (surplus) await deps.queue.enqueue('cancel-invoice', { paymentId: surplus }, { transaction, key: surplus })
    const stored = await em
      .getKysely()
      .selectFrom('payments')
      .select('url')
      .where('id', '=', payment.id)
      .executeTakeFirst()
    return stored?.url ?? url
  })
}

interface AttachValues {
  readonly id: PaymentRow['id']
  readonly reference: ProviderReference
  readonly url: string
  readonly now: Date
  readonly nextCheckAt: Date
}

const attach = prepared((db, { id, reference, url, now, nextCheckAt }: Given<AttachValues>) =>
  db
    .with(
      (cte) => cte('before').materialized(),
      (cte) => cte.selectFrom('payments').select(['id', 'state']).where('id', '=', id).forUpdate(),
    )
    .with('attached', (cte) =>
      cte
        .updateTable('payments as p')
        .from('before')
        .set((eb) => ({
          reference,
          asked: null,
          url: eb.fn.coalesce('p.url', url),
          state: eb
            .case()
            .when('before.state', '=', sql.lit('created'))
            .then(sql.lit<PaymentState>('pending'))
            .else(eb.ref('p.state'))
            .end(),
          next_check_at: eb
            .case()
            .when('before.state', '=', sql.lit('created'))
            .then(sql<Date>`${nextCheckAt}::timestamptz`)
            .else(eb.ref('p.next_check_at'))
            .end(),
        }))
        .whereRef('p.id', '=', 'before.id')
        .where((eb) => eb.or([eb('p.reference', 'is', null), eb('p.reference', '=', reference)]))
        .returning(['p.id', 'before.state']),
    )
    .with('step', (cte) =>
      cte
        .insertInto('payment_steps')
        .columns(['payment_id', 'before', 'after', 'cause', 'at'])
        .expression((eb) =>
          eb
            .selectFrom('attached')
            .select([
              'attached.id',
              sql.lit('created').as('before'),
              sql.lit('pending').as('after'),
              sql.lit('invoice').as('cause'),
              sql`${now}::timestamptz`.as('at'),
            ])
            .where('attached.state', '=', sql.lit('created')),
        ),
    )
    .selectFrom('attached')
    .select('attached.id'),
)
