import { CustomerEntity } from '@vpn-kiosk/db'
import { type CustomerId, dayMs, lastStretch, takeBackStretch } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { ChangeCustomerDeps } from '../customer/change-customer.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { lockOrCreateSubscription, readQueue, storeQueue } from './stretch-queue.ts'

export type TakeBackDaysResult =
  | { readonly kind: 'taken_back'; readonly endsAt: Date }
  /** It was taken back before, or its time has passed. */
  | { readonly kind: 'nothing_left' }
  | { readonly kind: 'unknown_customer' }
  | Forbidden

/**
 * Takes back what `giveDays` gave under the same `requestId`, as far as it has not passed: that stretch alone is
 * shortened, to now at most. Twice is once. The customer is told, because they were told of the days.
 */
export async function takeBackDays(
  deps: ChangeCustomerDeps & Pick<ShopDeps, 'checkpoint'>,
  actor: Actor,
  id: CustomerId,
  requestId: string,
): Promise<TakeBackDaysResult> {
  const key = `admin:${id}:${requestId}`
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_customers', em))) return { kind: 'forbidden' }
    if (!(await em.count(CustomerEntity, { id }))) return { kind: 'unknown_customer' }
    const now = deps.clock.now()
    const { subscription, isBanned } = await lockOrCreateSubscription(em, id, now)
    const before = await readQueue(em, subscription, now, key)
    const after = takeBackStretch(before.stretches, key, now)
    const endsAt = after ? lastStretch(after)?.endsAt : undefined
    if (!after || !endsAt) return { kind: 'nothing_left' }
    await storeQueue(em, { subscription, before, after }, now)
    await requestAccess(deps, em, subscription.id, now)
    const endedAt = subscription.endsAt ?? now
    const days = Math.round((endedAt.getTime() - endsAt.getTime()) / dayMs)
    if (!isBanned && days > 0) {
      const notification = {
        kind: 'days_taken_back',
        subscriptionId: subscription.id,
        days,
        endsAt: endsAt.toISOString(),
      } as const
      await queueNotification(deps, em, { customerId: id, key: `taken_back:${key}`, notification: notification }, now)
    }
    const note = { actor: auditedActor(actor), action: 'take_back_days', subject: id }
    const values = { before: { endsAt: endedAt.toISOString() }, after: { endsAt: endsAt.toISOString(), days } }
    await recordAudit(em, { ...note, ...values }, now)
    deps.checkpoint('take-back:before-commit')
    return { kind: 'taken_back', endsAt }
  })
}
