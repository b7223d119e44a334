import {
  CustomerEntity,
  type EntityManager,
  PaymentEntity,
  PeriodEntity,
  SubscriptionEntity,
  type SubscriptionRow,
} from '@vpn-kiosk/db'
import { type CustomerId, dayMs, isBefore, newId, statesBefore, subscriptionTransitions } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotice } from '../notice/queue-notice.ts'
import { type Actor, auditedActor, type Forbidden, mayAct } from '../staff/permission.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type ChangeCustomerDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault' | 'policy'>

interface UnknownCustomer {
  readonly kind: 'unknown_customer'
}

export type ExtendByDaysResult =
  /** `trafficBytes` came with the days; null is unlimited. */
  | { readonly kind: 'extended'; readonly endsAt: Date; readonly trafficBytes: bigint | null }
  /** This request gave `days` before; fewer by what was taken back since. */
  | { readonly kind: 'already_done'; readonly days: number }
  | { readonly kind: 'invalid_days' }
  | UnknownCustomer
  | Forbidden

export type BanCustomerResult = { readonly kind: 'banned' | 'already_banned' } | UnknownCustomer | Forbidden
export type UnbanCustomerResult = { readonly kind: 'unbanned' | 'not_banned' } | UnknownCustomer | Forbidden
export type ResetTrialResult = { readonly kind: 'reset' | 'not_used' } | UnknownCustomer | Forbidden

export const maxExtensionDays = 3650

/**
 * Gives days away; never counted as revenue. `requestId` (any short text of the caller's, e.g. the button's) makes
 * a double tap one extension. The customer is told, unless they are banned.
 */
export async function extendByDays(
  deps: ChangeCustomerDeps,
  actor: Actor,
  id: CustomerId,
  { days, requestId }: { readonly days: number; readonly requestId?: string | undefined },
): Promise<ExtendByDaysResult> {
  if (!Number.isInteger(days) || days < 1 || days > maxExtensionDays) return { kind: 'invalid_days' }
  return change(deps, actor, id, async (em, now) => {
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
      const notice = { kind: 'extended_by_shop', subscriptionId: subscription.id, ...given } as const
      await queueNotice(deps, em, { customerId: id, key: `extended:${key}`, notice }, now)
    }
    const endsAt = extended.subscription.endsAt
    const after = { endsAt: endsAt.toISOString(), days }
    await note(
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
 * Shuts a person out: nothing is sold to them, their open invoices are closed where a provider can, and what they have is
 * cut off everywhere until they are let in again.
 */
export async function banCustomer(deps: ChangeCustomerDeps, actor: Actor, id: CustomerId): Promise<BanCustomerResult> {
  return change(deps, actor, id, async (em, now) => {
    const moved = await em.nativeUpdate(CustomerEntity, { id, bannedAt: null }, { bannedAt: now })
    if (!moved) return { kind: 'already_banned' }
    const from = statesBefore(subscriptionTransitions, 'suspended')
    await em.nativeUpdate(SubscriptionEntity, { customerId: id, state: { $in: from } }, { state: 'suspended' })
    await cutOrRestore(deps, em, id, now)
    await closeInvoices(deps, em, id)
    await note(
      em,
      { actor, action: 'ban_customer', subject: id, before: { banned: false }, after: { banned: true } },
      now,
    )
    return { kind: 'banned' }
  })
}

/** Lets a person in again, with whatever time is left on what they had. */
export async function unbanCustomer(
  deps: ChangeCustomerDeps,
  actor: Actor,
  id: CustomerId,
): Promise<UnbanCustomerResult> {
  return change(deps, actor, id, async (em, now) => {
    const moved = await em.nativeUpdate(CustomerEntity, { id, bannedAt: { $ne: null } }, { bannedAt: null })
    if (!moved) return { kind: 'not_banned' }
    const subscription = await em.findOne(SubscriptionEntity, { customerId: id })
    if (subscription?.state === 'suspended') {
      const state = isRunning(subscription, now) ? 'active' : 'expired'
      await em.nativeUpdate(SubscriptionEntity, { id: subscription.id, state: 'suspended' }, { state })
      await cutOrRestore(deps, em, id, now)
    }
    await note(
      em,
      { actor, action: 'unban_customer', subject: id, before: { banned: true }, after: { banned: false } },
      now,
    )
    const lifted = { customerId: id, key: `ban_lifted:${id}:${now.getTime()}`, notice: { kind: 'ban_lifted' } } as const
    await queueNotice(deps, em, lifted, now)
    return { kind: 'unbanned' }
  })
}

/** Lets a person try once more. */
export async function resetTrial(deps: ChangeCustomerDeps, actor: Actor, id: CustomerId): Promise<ResetTrialResult> {
  return change(deps, actor, id, async (em, now) => {
    const moved = await em.nativeUpdate(CustomerEntity, { id, trialUsedAt: { $ne: null } }, { trialUsedAt: null })
    if (!moved) return { kind: 'not_used' }
    await note(em, { actor, action: 'reset_trial', subject: id, before: { used: true }, after: { used: false } }, now)
    return { kind: 'reset' }
  })
}

/** The permission, the customer and the change in one transaction. */
async function change<R>(
  deps: ChangeCustomerDeps,
  actor: Actor,
  id: CustomerId,
  work: (em: EntityManager, now: Date) => Promise<R>,
): Promise<R | UnknownCustomer | Forbidden> {
  return deps.db.transaction(async (em) => {
    if (!(await mayAct(deps, actor, 'change_customers', em))) return { kind: 'forbidden' }
    if (!(await em.count(CustomerEntity, { id }))) return { kind: 'unknown_customer' }
    return work(em, deps.clock.now())
  })
}

const isRunning = ({ endsAt }: SubscriptionRow, now: Date): boolean => endsAt !== null && isBefore(now, endsAt)

async function cutOrRestore(deps: ChangeCustomerDeps, em: EntityManager, id: CustomerId, now: Date): Promise<void> {
  const subscription = await em.findOne(SubscriptionEntity, { customerId: id })
  if (subscription) await requestAccess(deps, em, subscription.id, now)
}

interface Note {
  readonly id?: `aud_${string}`
  readonly actor: Actor
  readonly action: string
  readonly subject: CustomerId
  readonly before: Record<string, unknown>
  readonly after: Record<string, unknown>
}

const note = (em: EntityManager, { actor, ...rest }: Note, now: Date): Promise<void> =>
  recordAudit(em, { ...rest, actor: auditedActor(actor) }, now)
