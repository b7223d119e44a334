import { type EntityManager, type Given, prepared, sql } from '@vpn-kiosk/db'
import { addMs, type CustomerId, dayMs, type FreezeRules, freezeYearMs, isBefore } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readOffer } from '../setting/read-offer.ts'

/** What a customer may freeze, or has frozen. */
export interface FreezeState extends FreezeRules {
  /** `not_now`: nothing bought runs; what is lent after the end is not bought. */
  readonly kind: 'offered' | 'frozen' | 'used_up' | 'not_now'
  /** Of all time that is left, as it stands now. */
  readonly endsAt: Date
  /** When the time goes on by itself: of a freeze that begins now, or of the one that is. */
  readonly until: Date
  /** Freezes that are left of the year's. */
  readonly left: number
}

/** Null: there is nothing to freeze, or the shop freezes nothing and this customer has nothing frozen. */
export async function getFreeze(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  customerId: CustomerId,
): Promise<FreezeState | null> {
  return readFreeze(deps, deps.db.em(), customerId, deps.clock.now())
}

/** The same in the caller's transaction. */
export async function readFreeze(
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  em: EntityManager,
  customerId: CustomerId,
  now: Date,
): Promise<FreezeState | null> {
  const offer = await readOffer(deps, em)
  const { freezeDays, freezesPerYear } = offer
  const [row] = await findFrozen(em, { customerId, since: addMs(now, -freezeYearMs) })
  if (!row?.ends_at) return null
  const left = Math.max(0, freezesPerYear - row.freezes)
  const rules = { freezeDays, freezesPerYear, left, endsAt: row.ends_at }
  if (row.state === 'frozen') return { ...rules, kind: 'frozen', until: row.stretch_starts_at ?? now }
  if (freezeDays === 0) return null
  const until = addMs(now, freezeDays * dayMs)
  const isBought = row.state === 'active' && !row.is_trial && !row.is_lent && isBefore(now, row.ends_at)
  return { ...rules, until, kind: isBought ? (left > 0 ? 'offered' : 'used_up') : 'not_now' }
}

const findFrozen = prepared((db, { customerId, since }: Given<{ customerId: CustomerId; since: Date }>) =>
  db
    .selectFrom('subscriptions as s')
    .select(['s.state', 's.is_trial', 's.ends_at', 's.stretch_starts_at'])
    .select(
      sql<number>`(select count(*)::int from activities a
        where a.customer_id = s.customer_id and a.kind = 'frozen' and a.at > ${since}::timestamptz)`.as('freezes'),
    )
    .select(
      sql<boolean>`exists (
        select 1 from subscription_periods p where p.id = s.stretch_id and p.key like 'grace:%')`.as('is_lent'),
    )
    .where('s.customer_id', '=', customerId),
)
