import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { wants } from '../notification/wants.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

/** Whom a broadcast is for; `c` is the customer. The index `customers_news` holds just them. */
export const isRecipient = sql<boolean>`(
  c.banned_at is null and c.unreachable_at is null and ${wants('news')})`

export interface RecipientCount {
  readonly count: number
  /** False: about so many, as the database last estimated them. */
  readonly isExact: boolean
}

/** So many are counted one by one; more are estimated. */
const countedOneByOne = 50_000

/** How many it would reach if it started now: those not banned, reachable, who want news. */
export const countRecipients = (deps: Pick<ShopDeps, 'db' | 'policy'>, actor: Actor): Promise<Seen<RecipientCount>> =>
  readIfPermitted(deps, actor, 'broadcast', () => estimateRecipients(deps.db.em()))

export async function estimateRecipients(em: EntityManager): Promise<RecipientCount> {
  const db = em.getKysely()
  const people = db
    .selectFrom('customers as c')
    .select('c.id')
    .where(isRecipient)
    .limit(countedOneByOne + 1)
  const { counted, estimated } = await db
    .selectNoFrom([
      sql<number>`(select count(*)::int from ${people} as people)`.as('counted'),
      sql<number>`(select reltuples::int from pg_class where oid = 'customers_news'::regclass)`.as('estimated'),
    ])
    .executeTakeFirstOrThrow()
  const isExact = counted <= countedOneByOne
  return { count: isExact ? counted : Math.max(counted, estimated), isExact }
}
