import type { EntityManager } from '@vpn-kiosk/db'
import { type CustomerId, type Id, openStretches, type Stretch } from '@vpn-kiosk/domain'
import {
  type LockedSubscription,
  lockOrCreateSubscription,
  readQueue,
  type StretchQueue,
} from '../subscription/stretch-queue.ts'

export interface AddonStretch {
  readonly subscription: LockedSubscription
  readonly queue: StretchQueue
  /** Null when nothing is left of it. */
  readonly stretch: Stretch | null
}

/** The stretch that an add-on was sold for, its subscription locked. */
export async function findAddonStretch(
  em: EntityManager,
  customerId: CustomerId,
  periodId: Id<'period'>,
  now: Date,
): Promise<AddonStretch> {
  const { subscription } = await lockOrCreateSubscription(em, customerId, now)
  const queue = await readQueue(em, subscription, now)
  const stretch = openStretches(queue.stretches, now).find(({ key }) => queue.ids.get(key) === periodId)
  return { subscription, queue, stretch: stretch ?? null }
}
