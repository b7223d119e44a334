import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { AccessId, EndpointId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { nudgeCuts } from './nudge.ts'
import { removeAccess } from './remove-access.ts'

interface Evicted {
  readonly id: AccessId
  readonly endpoint_id: EndpointId
  readonly is_asked: boolean
}

/**
 * Takes the place of the right that ended longest ago on one of these endpoints, which the caller has locked. Returns
 * where a place is free now; null when nobody's right there has ended.
 */
export async function evictEnded(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  endpointIds: readonly EndpointId[],
  now: Date,
): Promise<EndpointId | null> {
  for (const statement of [evictMarked, evictOverdue]) {
    const [evicted] = await runStatement<Evicted>(em, statement, [endpointIds, now])
    if (!evicted) continue
    if (evicted.is_asked) await nudgeCuts(deps, em, [evicted.id])
    return evicted.endpoint_id
  }
  return null
}

const evict = (found: string) => `
  with ended as (${found})
  update accesses a set ${removeAccess} from ended where a.id = ended.id
  returning a.id, a.endpoint_id, a.asked_at is not null as is_asked`

/** Whoever renews meanwhile has locked the access, and is passed over. */
const evictMarked = evict(`
  select a.id from accesses a where a.id in (
    select oldest.id from unnest($1::text[]) as place (id) cross join lateral (
      select a.id from accesses a where a.endpoint_id = place.id and a.removed_at is null and a.ended_at <= $2
      order by a.ended_at limit 20
    ) oldest
  ) and a.removed_at is null and a.ended_at <= $2
  order by a.ended_at limit 1 for update skip locked`)

/** Their time is over, though nobody has written that down yet. */
const evictOverdue = evict(`
  select a.id from subscriptions s join accesses a on a.subscription_id = s.id
  where s.state = 'active' and s.ends_at <= $2 and a.endpoint_id = any($1) and a.removed_at is null
  order by s.ends_at limit 1 for update of s, a skip locked`)
