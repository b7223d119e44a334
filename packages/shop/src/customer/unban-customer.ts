import { CustomerEntity, SubscriptionEntity } from '@vpn-kiosk/db'
import { type CustomerId, isBefore } from '@vpn-kiosk/domain'
import { queueNotification } from '../notification/queue-notification.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import type { ChangeCustomerDeps, UnknownCustomer } from './change-customer.ts'
import { auditCustomerChange, changeCustomer, cutOrRestore, isRunning } from './change-customer.ts'

export type UnbanCustomerResult = { readonly kind: 'unbanned' | 'not_banned' } | UnknownCustomer | Forbidden
/** Lifts a ban: the customer has whatever time is left of their subscription; a freeze that is not over goes on. */
export async function unbanCustomer(
  deps: ChangeCustomerDeps,
  actor: Actor,
  id: CustomerId,
): Promise<UnbanCustomerResult> {
  return changeCustomer(deps, actor, id, async (em, now) => {
    const moved = await em.nativeUpdate(CustomerEntity, { id, bannedAt: { $ne: null } }, { bannedAt: null })
    if (!moved) return { kind: 'not_banned' }
    const subscription = await em.findOne(SubscriptionEntity, { customerId: id })
    if (subscription?.state === 'suspended') {
      const isFrozen = subscription.stretchStartsAt !== null && isBefore(now, subscription.stretchStartsAt)
      const state = !isRunning(subscription, now) ? 'expired' : isFrozen ? 'frozen' : 'active'
      await em.nativeUpdate(SubscriptionEntity, { id: subscription.id, state: 'suspended' }, { state })
      await cutOrRestore(deps, em, id, now)
    }
    await auditCustomerChange(
      em,
      { actor, action: 'unban_customer', subject: id, before: { banned: true }, after: { banned: false } },
      now,
    )
    const lifted = {
      customerId: id,
      key: `ban_lifted:${id}:${now.getTime()}`,
      notification: { kind: 'ban_lifted' },
    } as const
    await queueNotification(deps, em, lifted, now)
    return { kind: 'unbanned' }
  })
}
