import type { EntityManager } from '@vpn-kiosk/db'
import { PeriodEntity, SubscriptionEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import { dayMs, newId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ChangeCustomerDeps, UnknownCustomer } from '../customer/change-customer.ts'
import { auditCustomerChange, changeCustomer } from '../customer/change-customer.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import { extendSubscription } from './extend-subscription.ts'

export type GiveDaysResult =
  /** `trafficBytes` came with the days; null is unlimited. */
  | { readonly kind: 'extended'; readonly endsAt: Date; readonly trafficBytes: bigint | null }
  /** This request gave `days` before; fewer by what was taken back since. */
  | { readonly kind: 'already_done'; readonly days: number }
  | { readonly kind: 'invalid_days' }
  | UnknownCustomer
  | Forbidden

export const maxExtensionDays = 3650

/**
 * Gives days away; never counted as revenue. `requestId` (any short text of the caller's, e.g. the button's) makes
 * a double tap one extension. The customer is told, unless they are banned.
 */
export async function giveDays(
  deps: ChangeCustomerDeps,
  actor: Actor,
  id: CustomerId,
  { days, requestId }: { readonly days: number; readonly requestId?: string | undefined },
): Promise<GiveDaysResult> {
  if (!Number.isInteger(days) || days < 1 || days > maxExtensionDays) return { kind: 'invalid_days' }
  return changeCustomer(deps, actor, id, async (em, now) => {
    const auditId = newId('audit')
    const key = `admin:${requestId ? `${id}:${requestId}` : auditId}`
    const before = await em.findOne(SubscriptionEntity, { customerId: id })
    const endedAt = before?.endsAt?.toISOString() ?? null
    const extended = await extendSubscription(em, { customerId: id, days, key, plan: null }, now)
    if (!extended?.subscription.endsAt) return { kind: 'already_done', days: await daysGiven(em, key) }
    const { subscription } = extended
    await requestAccess(deps, em, subscription.id, now)
    const trafficBytes = extended.stretch.trafficLimitBytes ?? null
    if (subscription.state === 'active') {
      const given = { days, trafficBytes: trafficBytes?.toString() ?? null }
      const notification = { kind: 'extended_by_shop', subscriptionId: subscription.id, ...given } as const
      await queueNotification(deps, em, { customerId: id, key: `extended:${key}`, notification: notification }, now)
    }
    const endsAt = extended.subscription.endsAt
    const after = { endsAt: endsAt.toISOString(), days }
    await auditCustomerChange(
      em,
      { id: auditId, actor, action: 'extend_by_days', subject: id, before: { endsAt: endedAt }, after },
      now,
    )
    return { kind: 'extended', endsAt, trafficBytes }
  })
}

async function daysGiven(em: EntityManager, key: string): Promise<number> {
  const stretch = await em.findOne(PeriodEntity, { key }, { fields: ['startsAt', 'endsAt'] })
  return stretch ? Math.round((stretch.endsAt.getTime() - stretch.startsAt.getTime()) / dayMs) : 0
}
