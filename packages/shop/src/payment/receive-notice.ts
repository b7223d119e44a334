import { type EntityManager, PaymentEntity, PaymentNoticeEntity, runStatement } from '@vpn-kiosk/db'
import {
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
    const paymentId = await findPayment(em, provider, notice)
    const isNew = await keep(em, provider, notice, { now: deps.clock.now(), isHandled: paymentId !== null })
    if (!paymentId) return { kind: 'ignored', why: 'unknown_payment' }
    // A repetition rings again: the first ring's job may be the one that was lost.
    await deps.queue.enqueue('settle-payment', { paymentId }, { transaction: em.getTransactionContext() })
    return isNew ? { kind: 'stored' } : { kind: 'ignored', why: 'repeated' }
  })
}

/** By the provider's id; or by ours, when the notice overtook the answer to `createInvoice`. */
async function findPayment(em: EntityManager, provider: ProviderId, notice: PaymentNotice): Promise<PaymentId | null> {
  const known = 'select id from payments where provider = $1 and reference = $2'
  const [payment] = await runStatement<{ id: PaymentId }>(em, known, [provider, notice.reference])
  if (payment) return payment.id
  if (!notice.paymentId) return null
  const adopted = await em.nativeUpdate(
    PaymentEntity,
    { id: notice.paymentId, provider, reference: null },
    { reference: notice.reference },
  )
  return adopted ? notice.paymentId : null
}

/** Puts a notice into the inbox, once by its key; false when it was there. One that is of use at last is then handled. */
async function keep(
  em: EntityManager,
  provider: ProviderId,
  notice: PaymentNotice,
  { now, isHandled }: { readonly now: Date; readonly isHandled: boolean },
): Promise<boolean> {
  const { key, reference, paymentId, summary } = notice
  const inserted = await runStatement(
    em,
    `insert into payment_notices (id, provider, key, reference, payment_id, summary, received_at, handled_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (provider, key) do nothing returning id`,
    [newId('notice'), provider, key, reference, paymentId, JSON.stringify(summary), now, isHandled ? now : null],
  )
  if (inserted.length > 0) return true
  if (isHandled) await em.nativeUpdate(PaymentNoticeEntity, { provider, key }, { handledAt: now })
  return false
}
