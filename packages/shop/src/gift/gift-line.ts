import { type CustomerId, type GiftId, type GiftState, type LocalizedText, type Money, money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface GiftLine {
  readonly id: GiftId
  readonly code: string
  readonly state: GiftState
  readonly planTitle: LocalizedText
  readonly days: number
  /** What was paid. */
  readonly value: Money
  /** Whoever activated it, the giver perhaps. */
  readonly recipient: { readonly id: CustomerId; readonly name: string } | null
  readonly createdAt: Date
  /** When nobody can activate it any more. */
  readonly endsAt: Date
  /** When it was activated, returned or refunded. */
  readonly closedAt: Date | null
}

/** What a customer gave, as rows that `toGiftLine` reads. */
export const selectGiftLines = ({ db }: Pick<ShopDeps, 'db'>, giverId: CustomerId) =>
  db
    .getKysely()
    .selectFrom('gifts as g')
    .innerJoin('plans', 'plans.id', 'g.plan_id')
    .innerJoin('payments as p', 'p.id', 'g.payment_id')
    .leftJoin('customers as r', 'r.id', 'g.recipient_id')
    .select(['g.id', 'g.code', 'g.state', 'g.days', 'g.created_at', 'g.ends_at', 'g.closed_at', 'plans.title'])
    .select(['p.amount_minor', 'p.currency', 'r.id as recipient_id', 'r.first_name'])
    .where('g.giver_id', '=', giverId)

type Row = Awaited<ReturnType<ReturnType<typeof selectGiftLines>['execute']>>[number]

export const toGiftLine = (row: Row): GiftLine => ({
  id: row.id,
  code: row.code,
  state: row.state,
  planTitle: row.title,
  days: row.days,
  value: money(BigInt(row.amount_minor), row.currency),
  recipient: row.recipient_id === null ? null : { id: row.recipient_id, name: row.first_name ?? '' },
  createdAt: row.created_at,
  endsAt: row.ends_at,
  closedAt: row.closed_at,
})
