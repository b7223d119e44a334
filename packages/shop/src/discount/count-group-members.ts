import { sql } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

/** How many customers are in each group, by its id; one that has none is not there. */
export const countGroupMembers = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
): Promise<Seen<ReadonlyMap<string, number>>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const rows = await deps.db
      .getKysely()
      .selectFrom('held_discounts')
      .select([sql<string>`group_id`.as('id'), sql<number>`count(*)::int`.as('count')])
      .where('group_id', 'is not', null)
      .groupBy('group_id')
      .execute()
    return new Map(rows.map(({ id, count }) => [id, count]))
  })
