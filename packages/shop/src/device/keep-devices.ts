import { type EntityManager, LockMode, SubscriptionEntity } from '@vpn-kiosk/db'
import type { CustomerId, DeviceId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { revokeDevices } from './revoke-devices.ts'

export type KeepDevicesResult =
  | { readonly kind: 'kept'; readonly closed: number }
  | { readonly kind: 'too_many'; readonly deviceLimit: number }
  /** None of those named is a live device of this customer: nothing was closed. */
  | { readonly kind: 'none_chosen' }

/** Keeps the devices that a customer chose, and closes the others. */
export async function keepDevices(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  customerId: CustomerId,
  chosen: readonly DeviceId[],
): Promise<KeepDevicesResult> {
  return deps.db.transaction(async (em) => {
    const subscription = await em.findOne(SubscriptionEntity, { customerId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!subscription) return { kind: 'none_chosen' }
    const live = await listLive(em, subscription.id)
    const kept = live.filter((id) => chosen.includes(id))
    if (kept.length === 0) return { kind: 'none_chosen' }
    if (kept.length > subscription.deviceLimit) return { kind: 'too_many', deviceLimit: subscription.deviceLimit }
    const others = live.filter((id) => !kept.includes(id))
    await revokeDevices(deps, em, others, deps.clock.now())
    return { kind: 'kept', closed: others.length }
  })
}

async function listLive(em: EntityManager, id: SubscriptionId): Promise<DeviceId[]> {
  const rows = await em
    .getKysely()
    .selectFrom('devices')
    .select('id')
    .where('subscription_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}
