import { AccessEntity, type EntityManager } from '@vpn-kiosk/db'
import { type AccessId, type EndpointId, minuteMs, newId, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export type RequestAccessDeps = Pick<ShopDeps, 'queue' | 'drivers' | 'vault'>

/**
 * Writes that every endpoint should come to agree with the subscription as it is now, and nudges the workers.
 * In the caller's transaction: the change of a right and the wish to apply it are one fact.
 */
export async function requestAccess(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<AccessId[]> {
  await addMissing(deps, em, subscriptionId, now)
  return wish(deps, em, { sql: 'subscription_id = ? and removed_at is null', id: subscriptionId }, now)
}

/** The same for endpoints on which the subscription has no access yet: what is settled elsewhere is left in peace. */
export async function requestMissingAccess(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<AccessId[]> {
  await addMissing(deps, em, subscriptionId, now)
  return wish(deps, em, { sql: 'subscription_id = ? and desired_revision = 0', id: subscriptionId }, now)
}

/** Wishes a settled access to be applied once more, though nothing about the right has changed. */
export const requestAgain = (
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  id: AccessId,
  now: Date,
): Promise<AccessId[]> => wish(deps, em, { sql: 'id = ? and applied_revision >= desired_revision', id }, now)

/** Counted up by the database: of two wishes at once neither is lost. */
async function wish(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  which: { readonly sql: string; readonly id: string },
  now: Date,
): Promise<AccessId[]> {
  const rows = await em.execute<{ id: AccessId }[]>(
    `update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = ?
     where ${which.sql} returning id`,
    [now, which.id],
  )
  for (const { id } of rows) await nudge(deps, em, id)
  return rows.map((row) => row.id)
}

/**
 * A sweep puts an access off by this much when it queues its job, so that it does not queue another while that one
 * waits. An attempt may therefore begin so much before it is due.
 */
export const nudgeAheadMs = minuteMs

export const nudge = (deps: Pick<ShopDeps, 'queue'>, em: EntityManager, accessId: AccessId): Promise<void> =>
  deps.queue.enqueue('grant-access', { accessId }, { transaction: em.getTransactionContext() })

/** One access on each endpoint that serves whole subscriptions, is open to new customers and has room. */
async function addMissing(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<void> {
  // Before any lock on an access, as everywhere: nobody waits in a circle, or adds what another is adding.
  await em.execute('select 1 from subscriptions where id = ? for no key update', [subscriptionId])
  const drivers = [...deps.drivers.values()].filter((kind) => kind.accountPer === 'subscription')
  if (drivers.length === 0) return
  // `case` keeps the order: who has an access there already, as nearly everybody, is not worth counting the others for.
  const endpoints = await em.execute<{ id: EndpointId; driver: string }[]>(
    `select e.id, e.driver from endpoints e join servers s on s.id = e.server_id
     where s.state = 'active' and e.driver in (${drivers.map(() => '?').join(', ')})
       and case when exists (select 1 from accesses a where a.endpoint_id = e.id and a.subscription_id = ? and a.removed_at is null)
         then false
         else (select count(*) from accesses a where a.endpoint_id = e.id and a.removed_at is null) < s.capacity end`,
    [...drivers.map((kind) => kind.id), subscriptionId],
  )
  for (const endpoint of endpoints) {
    const secrets = deps.vault.seal(deps.drivers.get(endpoint.driver)!.mintSecrets())
    await em.insert(AccessEntity, newAccess({ subscriptionId, endpointId: endpoint.id, secrets, now }))
  }
}

/** A row that was never applied: secrets are minted and stored before the endpoint is first asked. */
export const newAccess = (of: {
  subscriptionId: SubscriptionId
  endpointId: EndpointId
  secrets: string
  now: Date
}) => ({
  id: newId('access'),
  subscriptionId: of.subscriptionId,
  endpointId: of.endpointId,
  deviceId: null,
  secrets: of.secrets,
  address: null,
  desiredRevision: 0,
  appliedRevision: 0,
  credentials: null,
  appliedAt: null,
  nextAttemptAt: of.now,
  lastError: null,
  leasedUntil: null,
  uploadCounter: 0n,
  downloadCounter: 0n,
  uploadBytes: 0n,
  downloadBytes: 0n,
  lastSeenAt: null,
  createdAt: of.now,
  removedAt: null,
})
