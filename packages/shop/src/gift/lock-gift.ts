import type { EntityManager } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type GiftId,
  type GiftState,
  giftTransitions,
  type Money,
  money,
  type PaymentId,
  type PlanId,
  statesBefore,
} from '@vpn-kiosk/domain'

export interface LockedGift {
  readonly id: GiftId
  readonly paymentId: PaymentId
  readonly giverId: CustomerId
  readonly recipientId: CustomerId | null
  readonly planId: PlanId
  readonly days: number
  readonly deviceLimit: number
  readonly trafficLimitBytes: bigint | null
  readonly state: GiftState
  readonly endsAt: Date
  /** What was paid for it. */
  readonly value: Money
  /** A refund of its payment is on its way. */
  readonly isBeingRefunded: boolean
}

/** A gift and its payment, locked in the order in which a refund locks them; null when there is no such gift. */
export const lockGift = (em: EntityManager, id: GiftId): Promise<LockedGift | null> => lockWhere(em, { id })

/** The gift that a payment bought. */
export const lockGiftOf = (em: EntityManager, paymentId: PaymentId): Promise<LockedGift | null> =>
  lockWhere(em, { paymentId })

async function lockWhere(
  em: EntityManager,
  { id, paymentId }: { readonly id?: GiftId; readonly paymentId?: PaymentId },
): Promise<LockedGift | null> {
  const row = await em
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('gifts as g', 'g.payment_id', 'p.id')
    .select(['g.id', 'g.payment_id', 'g.giver_id', 'g.recipient_id', 'g.plan_id', 'g.days', 'g.device_limit'])
    .select(['g.traffic_limit_bytes', 'g.state', 'g.ends_at', 'p.amount_minor', 'p.currency'])
    .$if(id !== undefined, (query) => query.where('g.id', '=', id!))
    .$if(paymentId !== undefined, (query) => query.where('p.id', '=', paymentId!))
    .forNoKeyUpdate(['p', 'g'])
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    paymentId: row.payment_id,
    giverId: row.giver_id,
    recipientId: row.recipient_id,
    planId: row.plan_id,
    days: row.days,
    deviceLimit: row.device_limit,
    trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
    state: row.state,
    endsAt: row.ends_at,
    value: money(BigInt(row.amount_minor), row.currency),
    isBeingRefunded: await isBeingRefunded(em, row.payment_id),
  }
}

/** Asked once the payment is locked: what was asked for before is seen, and nothing can be asked for meanwhile. */
async function isBeingRefunded(em: EntityManager, paymentId: PaymentId): Promise<boolean> {
  const open = await em
    .getKysely()
    .selectFrom('refunds')
    .select('id')
    .where('payment_id', '=', paymentId)
    .where('state', 'in', ['requested', 'pending'])
    .executeTakeFirst()
  return open !== undefined
}

/** Moves a gift that the caller has locked; throws where its state does not allow it. */
export async function closeGift(
  em: EntityManager,
  { id }: Pick<LockedGift, 'id'>,
  to: Exclude<GiftState, 'waiting'>,
  { at, recipientId }: { readonly at: Date; readonly recipientId?: CustomerId },
): Promise<void> {
  const closed = await em
    .getKysely()
    .updateTable('gifts')
    .set({ state: to, closed_at: at, recipient_id: recipientId ?? null })
    .where('id', '=', id)
    .where('state', 'in', statesBefore(giftTransitions, to))
    .returning('id')
    .executeTakeFirst()
  if (!closed) throw new Error(`${id} does not become ${to}`)
}
