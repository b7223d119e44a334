import { type Database, type EntityManager, type Given, type PaymentRow, prepared, sql } from '@vpn-kiosk/db'
import type {
  AddonId,
  AddonSize,
  Id,
  OrderKind,
  PaymentId,
  PlanId,
  SavedMethod,
  UndeliveredAddon,
} from '@vpn-kiosk/domain'

/** What settling needs to know; what was received is compared under the row's lock. */
export type StoredPayment = Pick<
  PaymentRow,
  | 'id'
  | 'orderId'
  | 'customerId'
  | 'provider'
  | 'state'
  | 'reference'
  | 'amountMinor'
  | 'currency'
  | 'expiresAt'
  | 'checks'
  | 'cardId'
> & {
  readonly hasTrouble: boolean
  readonly orderKind: OrderKind
  /** Of a top-up: what is bought once the money is there. */
  readonly topUpPlanId: PlanId | null
  /** What an order of an add-on is for, or a top-up buys; null or absent where that is no add-on. */
  readonly addon?: StoredAddon | null
  /** It became a top-up because this could not be granted any more. */
  readonly undelivered?: UndeliveredAddon
  /** Auto-renewal made it, not the customer. */
  readonly isRenewal?: boolean
  /** It pays for a trial, which a customer has once. */
  readonly isTrial?: boolean
  /** The customer wishes that what is paid with is kept. */
  readonly savesCard?: boolean
  /** What was paid with, where the provider has kept it. */
  readonly saved?: SavedMethod | undefined
}

export interface StoredAddon extends AddonSize {
  readonly id: AddonId
  /** The stretch that ran when it was ordered. */
  readonly periodId: Id<'period'>
}

/** In the transaction of an entity manager, or outside one. */
export async function findPayment(db: Database | EntityManager, id: PaymentId): Promise<StoredPayment | null> {
  const [row] = await findRow(db, { id })
  if (!row) return null
  const { order_id: orderId, customer_id: customerId, amount_minor: minor, expires_at: expiresAt, ...bare } = row
  const { addon_id: addonId, addon_period_id: periodId, addon_kind: kind, addon_amount: amount, ...rest } = bare
  const { has_trouble: hasTrouble, is_renewal: isRenewal, kind: orderKind, plan_id: planId, ...others } = rest
  const { card_id: cardId, saves_card: savesCard, is_trial: isTrial, ...same } = others
  const card = { cardId, savesCard }
  const addon = addonId && periodId && kind && amount ? { id: addonId, periodId, kind, amount } : null
  const order = { orderKind, topUpPlanId: orderKind === 'top_up' ? planId : null, addon }
  return {
    ...same,
    ...order,
    ...card,
    orderId,
    customerId,
    amountMinor: BigInt(minor),
    expiresAt,
    hasTrouble,
    isRenewal,
    isTrial,
  }
}

const findRow = prepared((db, { id }: Given<{ id: PaymentId }>) =>
  db
    .selectFrom('payments as p')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .leftJoin('addons as a', 'a.id', 'o.addon_id')
    .leftJoin('plans as t', (join) => join.onRef('t.id', '=', 'o.plan_id').on('o.kind', '=', 'plan'))
    .select(['p.id', 'p.order_id', 'p.customer_id', 'p.provider', 'p.state', 'p.reference', 'p.amount_minor'])
    .select([
      'p.card_id',
      'p.saves_card',
      'p.currency',
      'p.expires_at',
      'p.checks',
      sql<boolean>`p.trouble is not null`.as('has_trouble'),
    ])
    .select(['o.kind', 'o.plan_id', sql<boolean>`coalesce(o.request_id like 'renewal:%', false)`.as('is_renewal')])
    .select(sql<boolean>`coalesce(t.is_trial, false)`.as('is_trial'))
    .select(['o.addon_id', 'o.addon_period_id', 'a.kind as addon_kind', 'a.amount as addon_amount'])
    .where('p.id', '=', id),
)
