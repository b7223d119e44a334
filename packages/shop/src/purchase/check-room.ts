import { type CustomerId, type SubscriptionState, standingOf } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { getRoom } from '../server/get-room.ts'
import { readOffer } from '../setting/read-offer.ts'

/** `waits`: no server has room, and the key comes when one has. `closed`: the shop does not sell then. */
export type RoomForCustomer = 'served' | 'waits' | 'closed'

interface Row {
  readonly state: SubscriptionState
  readonly ends_at: Date | string | null
  readonly has_key: boolean
}

const statement = {
  name: 'key of a customer',
  text: `select s.state, s.ends_at, exists (
      select 1 from accesses a where a.subscription_id = s.id and a.removed_at is null and a.credentials is not null
    ) as has_key from subscriptions s where s.customer_id = $1`,
}

/** Whether somebody who buys now is served. Who has a key keeps its place, so a renewal always is. */
export async function checkRoom(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers'>,
  customerId: CustomerId,
): Promise<RoomForCustomer> {
  const now = deps.clock.now()
  const [row] = await deps.db.read<Row>(statement, [customerId])
  const endsAt = row?.ends_at == null ? null : new Date(row.ends_at)
  const standing = row
    ? standingOf({ state: row.state, endsAt, trafficLimitBytes: null, trafficUsedBytes: 0n }, now)
    : 'none'
  if (standing === 'active' && row?.has_key) return 'served'
  const room = await getRoom(deps)
  if (room.kind === 'open') return 'served'
  return (await readOffer(deps)).sellsWithoutRoom ? 'waits' : 'closed'
}
