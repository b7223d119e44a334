import { sql } from '@vpn-kiosk/db'
import { type CustomerId, standingOf } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { getRoom } from '../server/get-room.ts'
import { readOffer } from '../setting/read-offer.ts'

/** `waits`: no server has room, and the key comes when one has. `closed`: the shop does not sell then. */
export type RoomForCustomer = 'served' | 'waits' | 'closed'

const findKey = ({ db }: Pick<ShopDeps, 'db'>, customerId: CustomerId) =>
  db
    .getKysely()
    .selectFrom('subscriptions as s')
    .select([
      's.state',
      's.ends_at',
      sql<boolean>`exists (
        select 1 from accesses a where a.subscription_id = s.id and a.removed_at is null and a.credentials is not null
      )`.as('has_key'),
    ])
    .where('s.customer_id', '=', customerId)
    .executeTakeFirst()

/**
 * Whether somebody who buys now is served. Who has a key keeps its place, so a renewal always is. Null: a gift, which
 * somebody new may activate.
 */
export async function checkRoom(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers'>,
  customerId: CustomerId | null,
): Promise<RoomForCustomer> {
  const now = deps.clock.now()
  const row = customerId === null ? undefined : await findKey(deps, customerId)
  const standing = row
    ? standingOf({ state: row.state, endsAt: row.ends_at, trafficLimitBytes: null, trafficUsedBytes: 0n }, now)
    : 'none'
  if (standing === 'active' && row?.has_key) return 'served'
  const room = await getRoom(deps)
  if (room.kind === 'open') return 'served'
  return (await readOffer(deps)).sellsWithoutRoom ? 'waits' : 'closed'
}
