import { type EntityManager, PaymentEntity, PaymentNoticeEntity } from '@vpn-kiosk/db'
import {
  type Id,
  NoticeRejected,
  newId,
  type PaymentId,
  type PaymentNotice,
  type ProviderId,
  type RawNotice,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export type ReceiveNoticeDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'providers' | 'checkpoint'>

export type ReceiveNoticeResult =
  | { readonly kind: 'stored' }
  /** Authentic and of no interest, known already, or about a payment that is not ours: answered 200 so that it is not repeated. */
  | { readonly kind: 'ignored'; readonly why: 'not_a_payment' | 'repeated' | 'unknown_payment' }
  | { readonly kind: 'rejected'; readonly why: string }
  | { readonly kind: 'unknown_provider' }

/**
 * Takes in a webhook. Returns only after it is stored and its work is queued; the caller may then answer 200.
 * The notice is a doorbell: nothing in it is believed but which payment to ask about.
 */
export async function receiveNotice(
  deps: ReceiveNoticeDeps,
  providerId: ProviderId,
  raw: RawNotice,
): Promise<ReceiveNoticeResult> {
  const provider = deps.providers.get(providerId)
  if (!provider) return { kind: 'unknown_provider' }
  let notice: PaymentNotice | null
  try {
    notice = await provider.readNotice(raw)
  } catch (error) {
    if (error instanceof NoticeRejected) return { kind: 'rejected', why: error.message }
    throw error
  }
  if (!notice) return { kind: 'ignored', why: 'not_a_payment' }
  return store(deps, providerId, notice)
}

async function store(
  deps: ReceiveNoticeDeps,
  provider: ProviderId,
  notice: PaymentNotice,
): Promise<ReceiveNoticeResult> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const rows = await em.execute<{ id: Id<'notice'> }[]>(
      `insert into payment_notices (id, provider, key, reference, payment_id, summary, received_at) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (provider, key) do nothing returning id`,
      [newId('notice'), provider, notice.key, notice.reference, notice.paymentId, JSON.stringify(notice.summary), now],
    )
    const paymentId = await findPayment(em, provider, notice)
    if (!paymentId) return { kind: 'ignored', why: 'unknown_payment' }
    // A repetition rings again: the first ring's job may be the one that was lost.
    await deps.queue.enqueue('settle-payment', { paymentId }, { transaction: em.getTransactionContext() })
    await em.nativeUpdate(PaymentNoticeEntity, { provider, key: notice.key }, { handledAt: now })
    return rows.length > 0 ? { kind: 'stored' } : { kind: 'ignored', why: 'repeated' }
  })
}

/** By the provider's id; or by ours, when the notice overtook the answer to `createInvoice`. */
async function findPayment(em: EntityManager, provider: ProviderId, notice: PaymentNotice): Promise<PaymentId | null> {
  const known = await em.findOne(PaymentEntity, { provider, reference: notice.reference }, { fields: ['id'] })
  if (known) return known.id
  if (!notice.paymentId) return null
  const adopted = await em.nativeUpdate(
    PaymentEntity,
    { id: notice.paymentId, provider, reference: null },
    { reference: notice.reference },
  )
  return adopted ? notice.paymentId : null
}
