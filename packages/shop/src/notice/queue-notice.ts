import type { EntityManager } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type CustomerNotice,
  type Id,
  newId,
  type StaffNotice,
  type SubscriptionId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface NoticeRequest {
  readonly customerId: CustomerId
  /** Told once: the unique key of (whom, what, which occasion). */
  readonly key: string
  readonly notice: CustomerNotice
}

type QueueDeps = Pick<ShopDeps, 'queue'>

/** Tells a customer something, once by its key; in the caller's transaction. False when it was asked for before. */
export async function queueNotice(
  deps: QueueDeps,
  em: EntityManager,
  request: NoticeRequest,
  now: Date,
): Promise<boolean> {
  const id = await insertNotice(em, request, 'queued', null, now)
  if (id) await send(deps, em, id)
  return id !== null
}

/** The same, but only after the subscription's access is really there: nothing is announced before it is true. */
export async function holdNotice(
  em: EntityManager,
  request: NoticeRequest,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<void> {
  await insertNotice(em, request, 'held', subscriptionId, now)
}

/** Lets go what waited for this subscription's access. */
export async function releaseNotices(
  deps: QueueDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<void> {
  const rows = await em.execute<{ id: Id<'notice'> }[]>(
    `update notices set state = 'queued', queued_at = ? where subscription_id = ? and state = 'held' returning id`,
    [now, subscriptionId],
  )
  for (const { id } of rows) await send(deps, em, id)
}

/** Tells the staff something, in the caller's transaction. */
export const tellStaff = (deps: QueueDeps, em: EntityManager, notice: StaffNotice): Promise<void> =>
  deps.queue.enqueue('tell-staff', { notice }, { transaction: em.getTransactionContext() })

const send = (deps: QueueDeps, em: EntityManager, noticeId: Id<'notice'>): Promise<void> =>
  deps.queue.enqueue('tell-customer', { noticeId }, { transaction: em.getTransactionContext() })

async function insertNotice(
  em: EntityManager,
  request: NoticeRequest,
  state: 'held' | 'queued',
  subscriptionId: SubscriptionId | null,
  now: Date,
): Promise<Id<'notice'> | null> {
  const rows = await em.execute<{ id: Id<'notice'> }[]>(
    `insert into notices (id, key, customer_id, subscription_id, state, notice, created_at, queued_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing returning id`,
    [
      newId('notice'),
      request.key,
      request.customerId,
      subscriptionId,
      state,
      JSON.stringify(request.notice),
      now,
      state === 'queued' ? now : null,
    ],
  )
  return rows[0]?.id ?? null
}
