import { AddonGrantEntity, type EntityManager } from '@vpn-kiosk/db'
import {
  type AddonSize,
  addonLengthMs,
  type CustomerId,
  type Id,
  type PaymentId,
  type Stretch,
  takeAddon,
  takenOf,
} from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { storeQueue } from '../subscription/stretch-queue.ts'
import { type AddonStretch, findAddonStretch } from './find-addon-stretch.ts'

/** What a payment's add-on gave, and where it is now. */
export interface GrantedAddon extends AddonStretch, AddonSize {
  readonly paymentId: PaymentId
  readonly taken: number
  /** The stretch with the time over which the add-on's price is earned as its length; null when the stretch is over. */
  readonly span: Pick<Stretch, 'startsAt' | 'endsAt' | 'lengthMs'> | null
}

/** The add-on that a payment brought, its subscription locked; null where it brought none. */
export async function findGrantedAddon(
  em: EntityManager,
  { id: paymentId, customerId }: { readonly id: PaymentId; readonly customerId: CustomerId },
  now: Date,
): Promise<GrantedAddon | null> {
  const grant = await em.findOne(AddonGrantEntity, { paymentId })
  if (!grant) return null
  const { kind, amount, taken } = grant
  const found = await findAddonStretch(em, customerId, grant.periodId as Id<'period'>, now)
  const { stretch } = found
  const of = { restMs: Number(grant.restMs), lengthMs: Number(grant.lengthMs) }
  return {
    ...found,
    paymentId,
    kind,
    amount,
    taken,
    span: stretch && { ...stretch, lengthMs: addonLengthMs(of, stretch) },
  }
}

/**
 * Takes back of an add-on what all refunds of its payment together take: see `domain/addon/addon.ts`. Returns how much that
 * is now; in the caller's transaction.
 */
export async function takeBackAddon(
  deps: Pick<ShopDeps, 'queue' | 'drivers' | 'vault'>,
  em: EntityManager,
  granted: GrantedAddon,
  { refunded, price }: { readonly refunded: bigint; readonly price: bigint },
  now: Date,
): Promise<AddonSize> {
  const { paymentId, kind, amount, taken, subscription, queue: before, stretch } = granted
  const all = Math.max(taken, takenOf(amount, refunded, price))
  const size = { kind, amount: all - taken }
  if (size.amount === 0) return size
  await em.nativeUpdate(AddonGrantEntity, { paymentId }, { taken: all })
  if (!stretch) return size
  await storeQueue(em, { subscription, before, after: takeAddon(before.stretches, stretch.key, size, now) }, now)
  await requestAccess(deps, em, subscription.id, now)
  return size
}
