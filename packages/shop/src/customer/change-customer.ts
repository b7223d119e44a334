import { CustomerEntity, type EntityManager, SubscriptionEntity, type SubscriptionRow } from '@vpn-kiosk/db'
import { type CustomerId, isBefore } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

export type ChangeCustomerDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault' | 'policy'>

export interface UnknownCustomer {
  readonly kind: 'unknown_customer'
}

/** The permission, the customer and the change in one transaction. */
export async function changeCustomer<R>(
  deps: ChangeCustomerDeps,
  actor: Actor,
  id: CustomerId,
  work: (em: EntityManager, now: Date) => Promise<R>,
): Promise<R | UnknownCustomer | Forbidden> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_customers', em))) return { kind: 'forbidden' }
    if (!(await em.count(CustomerEntity, { id }))) return { kind: 'unknown_customer' }
    return work(em, deps.clock.now())
  })
}

export const isRunning = ({ endsAt }: SubscriptionRow, now: Date): boolean => endsAt !== null && isBefore(now, endsAt)

export async function cutOrRestore(
  deps: ChangeCustomerDeps,
  em: EntityManager,
  id: CustomerId,
  now: Date,
): Promise<void> {
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

export const auditCustomerChange = (em: EntityManager, { actor, ...rest }: Note, now: Date): Promise<void> =>
  recordAudit(em, { ...rest, actor: auditedActor(actor) }, now)
