import type { CustomerId } from '@vpn-kiosk/domain'
import type { ChangeCustomerDeps, UnknownCustomer } from '../customer/change-customer.ts'
import { auditCustomerChange, changeCustomer } from '../customer/change-customer.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import { lockOrCreateSubscription } from '../subscription/stretch-queue.ts'
import { endFreeze } from './end-freeze.ts'

export type UnfreezeAsStaffResult = { readonly kind: 'unfrozen' | 'not_frozen' } | UnknownCustomer | Forbidden

/** Staff let a customer's frozen time go on; the customer is told. */
export async function unfreezeAsStaff(
  deps: ChangeCustomerDeps & Pick<ShopDeps, 'checkpoint'>,
  actor: Actor,
  customerId: CustomerId,
): Promise<UnfreezeAsStaffResult> {
  return changeCustomer(deps, actor, customerId, async (em, now) => {
    const { subscription } = await lockOrCreateSubscription(em, customerId, now)
    if (subscription.state !== 'frozen') return { kind: 'not_frozen' }
    const isLeft = await endFreeze(deps, em, subscription, now)
    const change = { before: { frozen: true }, after: { frozen: false } }
    await auditCustomerChange(em, { actor, action: 'unfreeze_subscription', subject: customerId, ...change }, now)
    if (!isLeft) return { kind: 'unfrozen' }
    const notification = { kind: 'freeze_ended', subscriptionId: subscription.id } as const
    const key = `freeze_ended:${subscription.id}:${now.getTime()}`
    await queueNotification(deps, em, { customerId, key, notification }, now)
    return { kind: 'unfrozen' }
  })
}
