import type { EntityManager } from '@vpn-kiosk/db'
import { CustomerEntity, PaymentEntity, SubscriptionEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import { statesBefore, subscriptionTransitions } from '@vpn-kiosk/domain'
import { cancelStarSubscriptions } from '../renewal/cancel-star-subscriptions.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import type { ChangeCustomerDeps, UnknownCustomer } from './change-customer.ts'
import { auditCustomerChange, changeCustomer, cutOrRestore } from './change-customer.ts'

export type BanCustomerResult = { readonly kind: 'banned' | 'already_banned' } | UnknownCustomer | Forbidden

const mostInvoices = 20

async function closeInvoices({ queue }: ChangeCustomerDeps, em: EntityManager, customerId: CustomerId): Promise<void> {
  const open = await em.find(
    PaymentEntity,
    { customerId, state: { $in: ['created', 'pending'] } },
    { orderBy: { createdAt: 'desc' }, limit: mostInvoices },
  )
  const transaction = em.getTransactionContext()
  for (const { id: paymentId } of open) await queue.enqueue('cancel-invoice', { paymentId }, { transaction })
}

/**
 * Bans a customer: nothing is sold to them, their open invoices are canceled where the provider can, and their accesses
 * are closed on every endpoint until the ban is lifted.
 */
export async function banCustomer(deps: ChangeCustomerDeps, actor: Actor, id: CustomerId): Promise<BanCustomerResult> {
  return changeCustomer(deps, actor, id, async (em, now) => {
    const moved = await em.nativeUpdate(CustomerEntity, { id, bannedAt: null }, { bannedAt: now })
    if (!moved) return { kind: 'already_banned' }
    const from = statesBefore(subscriptionTransitions, 'suspended')
    await em.nativeUpdate(SubscriptionEntity, { customerId: id, state: { $in: from } }, { state: 'suspended' })
    await cutOrRestore(deps, em, id, now)
    await closeInvoices(deps, em, id)
    await cancelStarSubscriptions(deps, em, id, { reason: 'stars_ended', at: now })
    await auditCustomerChange(
      em,
      { actor, action: 'ban_customer', subject: id, before: { banned: false }, after: { banned: true } },
      now,
    )
    return { kind: 'banned' }
  })
}
