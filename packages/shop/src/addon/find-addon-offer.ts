import type { EntityManager } from '@vpn-kiosk/db'
import {
  type Addon,
  type CustomerId,
  fitsStretch,
  type Id,
  orderWaits,
  remainingMsOf,
  runningStretch,
  type Stretch,
} from '@vpn-kiosk/domain'
import { findSubscription, readQueue } from '../subscription/stretch-queue.ts'
import { readAddons } from './read-addons.ts'

export interface AddonOffer {
  readonly addons: readonly Addon[]
  /** What they would be for, and until when that lasts. */
  readonly stretch: Stretch
  readonly periodId: Id<'period'>
}

/**
 * What may be added to the stretch that a customer has now. Null where that is nothing: no bought time runs, or it ends
 * before an invoice does. In a transaction, or outside one for whoever only looks.
 */
export async function findAddonOffer(em: EntityManager, customerId: CustomerId, now: Date): Promise<AddonOffer | null> {
  const row = await em
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  const subscription = row ? await findSubscription(em, row.id) : null
  if (subscription?.state !== 'active') return null
  const queue = await readQueue(em, subscription, now)
  const stretch = runningStretch(queue.stretches, now)
  const periodId = stretch && queue.ids.get(stretch.key)
  if (!stretch || !periodId || remainingMsOf(stretch, now) < orderWaits.open.atMostMs) return null
  const addons = (await readAddons(em, { isActive: true })).filter((addon) => fitsStretch(addon, stretch))
  return addons.length > 0 ? { addons, stretch, periodId } : null
}
