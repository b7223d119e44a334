import { type EntityManager, GiftEntity, type PlanRow } from '@vpn-kiosk/db'
import { addMs, giftWaits, newGiftCode, newId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { StoredPayment } from '../payment/find-payment.ts'

interface Given {
  readonly days: number
  readonly plan: Pick<PlanRow, 'id' | 'trafficLimitBytes' | 'deviceLimit'>
}

/** What a paid gift brings its giver: a link to pass on, and no time. In the transaction that marks the payment paid. */
export async function deliverGift(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  payment: StoredPayment,
  { days, plan }: Given,
  now: Date,
): Promise<null> {
  const id = newId('gift')
  await em.insert(GiftEntity, {
    id,
    code: newGiftCode(),
    paymentId: payment.id,
    giverId: payment.customerId,
    recipientId: null,
    planId: plan.id,
    days,
    deviceLimit: plan.deviceLimit,
    trafficLimitBytes: plan.trafficLimitBytes,
    state: 'waiting',
    createdAt: now,
    endsAt: addMs(now, giftWaits.waiting.atMostMs),
    remindedAt: null,
    closedAt: null,
  })
  const notification = { kind: 'gift_ready', giftId: id } as const
  await queueNotification(deps, em, { customerId: payment.customerId, key: `gift_ready:${id}`, notification }, now)
  return null
}
