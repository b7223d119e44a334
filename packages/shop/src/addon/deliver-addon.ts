import { AddonGrantEntity, type EntityManager } from '@vpn-kiosk/db'
import { addonSpanOf, putAddon, type SubscriptionId } from '@vpn-kiosk/domain'
import { announceWhenReady } from '../notification/announce-when-ready.ts'
import type { StoredPayment } from '../payment/find-payment.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { storeQueue } from '../subscription/stretch-queue.ts'
import { findAddonStretch } from './find-addon-stretch.ts'

/**
 * What a paid add-on brings: higher limits for its stretch, once a payment. In the transaction that marks the payment
 * paid, which has seen by `addonOrBalance` that the stretch is there. Returns the subscription, whose accesses are to follow.
 */
export async function deliverAddon(
  deps: SettlePaymentDeps,
  em: EntityManager,
  { id: paymentId, customerId, addon }: StoredPayment,
  now: Date,
): Promise<SubscriptionId> {
  if (!addon) throw new Error(`${paymentId} pays for no add-on`)
  const { kind, amount, periodId } = addon
  const { subscription, queue: before, stretch } = await findAddonStretch(em, customerId, periodId, now)
  if (!stretch) throw new Error(`${paymentId} pays for a stretch that is over`)
  const after = putAddon(before.stretches, stretch.key, { kind, amount }, now)
  const { restMs, lengthMs } = addonSpanOf(stretch, now)
  const span = { restMs: BigInt(restMs), lengthMs: BigInt(lengthMs) }
  await em.insert(AddonGrantEntity, { paymentId, periodId, kind, amount, ...span, grantedAt: now })
  await storeQueue(em, { subscription, before, after }, now)
  const endsAt = (after.find(({ key }) => key === stretch.key) ?? stretch).endsAt.toISOString()
  const notification = { kind: 'addon_ready', addon: { kind, amount }, endsAt } as const
  const request = { customerId, key: `paid:${paymentId}`, notification, subscriptionId: subscription.id }
  if (subscription.state !== 'suspended') await announceWhenReady(deps, em, request, now)
  return subscription.id
}
