import {
  type CustomerId,
  type GiftId,
  type GiftState,
  giftPayload,
  isBefore,
  type LocalizedText,
  parseGiftPayload,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** What a link leads to that gives nothing any more. `yours`: this customer activated it; `taken`: another one did. */
export interface ClosedGift {
  readonly kind: 'yours' | 'taken' | Exclude<GiftState, 'waiting' | 'activated'> | 'unknown'
}

export interface WaitingGift {
  readonly kind: 'waiting'
  readonly id: GiftId
  readonly code: string
  readonly planTitle: LocalizedText
  readonly days: number
  readonly deviceLimit: number
  readonly trafficLimitBytes: bigint | null
  readonly giverName: string
  /** The giver's invitation. */
  readonly giverCode: string
  /** The giver looks at the own gift. */
  readonly isOwn: boolean
  /** Whoever looks is banned, and can activate nothing. */
  readonly isBanned: boolean
  readonly endsAt: Date
}

/** What the link of a gift leads this customer to. The code alone opens it: nobody guesses one. */
export async function findGift(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
  typed: string,
): Promise<WaitingGift | ClosedGift> {
  const code = typed.length > 64 ? null : parseGiftPayload(giftPayload(typed))
  if (code === null) return { kind: 'unknown' }
  const row = await db
    .getKysely()
    .selectFrom('gifts as g')
    .innerJoin('plans', 'plans.id', 'g.plan_id')
    .innerJoin('customers as giver', 'giver.id', 'g.giver_id')
    .innerJoin('customers as c', (join) => join.on('c.id', '=', customerId))
    .select(['g.id', 'g.code', 'g.state', 'g.recipient_id', 'g.days', 'g.device_limit', 'g.traffic_limit_bytes'])
    .select(['g.ends_at', 'g.giver_id', 'plans.title', 'giver.first_name', 'giver.referral_code', 'c.banned_at'])
    .where('g.code', '=', code)
    .executeTakeFirst()
  if (!row) return { kind: 'unknown' }
  if (row.state === 'activated') return { kind: row.recipient_id === customerId ? 'yours' : 'taken' }
  if (row.state !== 'waiting') return { kind: row.state }
  if (!isBefore(clock.now(), row.ends_at)) return { kind: 'returned' }
  return {
    kind: 'waiting',
    id: row.id,
    code: row.code,
    planTitle: row.title,
    days: row.days,
    deviceLimit: row.device_limit,
    trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
    giverName: row.first_name,
    giverCode: row.referral_code,
    isOwn: row.giver_id === customerId,
    isBanned: row.banned_at !== null,
    endsAt: row.ends_at,
  }
}
