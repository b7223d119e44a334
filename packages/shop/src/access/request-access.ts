import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import { type AccessId, type DriverId, type EndpointId, minuteMs, newId, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'

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
  await lockSubscription(em, subscriptionId)
  return requestAccessUnderLock(deps, em, subscriptionId, now)
}

/** The same for a caller whose transaction has locked the subscription's row, as `extendSubscription` does. */
export async function requestAccessUnderLock(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<AccessId[]> {
  const { hasAccess, added } = await addMissing(deps, em, subscriptionId, now)
  if (hasAccess) return wish(deps, em, { sql: 'subscription_id = $2 and removed_at is null', id: subscriptionId }, now)
  for (const id of added) await nudge(deps, em, id)
  return added
}

/** The same for endpoints on which the subscription has no access yet: what is settled elsewhere is left in peace. */
export async function requestMissingAccess(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<AccessId[]> {
  await lockSubscription(em, subscriptionId)
  const { added } = await addMissing(deps, em, subscriptionId, now)
  for (const id of added) await nudge(deps, em, id)
  return added
}

/** Before any lock on an access, as everywhere: nobody waits in a circle, or adds what another is adding. */
const lockSubscription = (em: EntityManager, id: SubscriptionId) =>
  runStatement(em, 'select id from subscriptions where id = $1 for no key update', [id])

/** Wishes a settled access to be applied once more, though nothing about the right has changed. */
export const requestAgain = (
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  id: AccessId,
  now: Date,
): Promise<AccessId[]> => wish(deps, em, { sql: 'id = $2 and applied_revision >= desired_revision', id }, now)

/** Counted up by the database: of two wishes at once neither is lost. */
async function wish(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  which: { readonly sql: string; readonly id: string },
  now: Date,
): Promise<AccessId[]> {
  const rows = await runStatement<{ id: AccessId }>(
    em,
    `update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $1
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

/**
 * One access on each endpoint that serves whole subscriptions, is open to new customers and has room; wished at once.
 * `hasAccess`: whether there were others before. Nobody else adds one while the subscription is locked.
 */
async function addMissing(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<{ readonly hasAccess: boolean; readonly added: AccessId[] }> {
  // `case` keeps the order: who has an access there already, as nearly everybody, is not worth counting the others for.
  const [found] = await runStatement<{ has_access: boolean; open: { id: EndpointId; driver: DriverId }[] | null }>(
    em,
    `select exists (select 1 from accesses where subscription_id = $1 and removed_at is null) as has_access, (
       select json_agg(json_build_object('id', e.id, 'driver', e.driver)) from endpoints e join servers s on s.id = e.server_id
       where s.state = 'active' and e.driver = any($2)
         and case when exists (select 1 from accesses a where a.endpoint_id = e.id and a.subscription_id = $1 and a.removed_at is null)
           then false
           else (select count(*) from accesses a where a.endpoint_id = e.id and a.removed_at is null) < s.capacity end
     ) as open`,
    [subscriptionId, sharedDrivers(deps.drivers)],
  )
  const missing = (found?.open ?? []).map(({ id: endpointId, driver }) => ({ endpointId, ...mintAccess(deps, driver) }))
  if (missing.length > 0) await insertAccesses(em, subscriptionId, missing, now)
  return { hasAccess: found?.has_access === true, added: missing.map(({ id }) => id) }
}

/** An access' id with its secrets, sealed for its row. */
export function mintAccess({ vault, drivers }: Pick<RequestAccessDeps, 'vault' | 'drivers'>, driver: DriverId) {
  const id = newId('access')
  return { id, secrets: vault.seal(drivers.get(driver)!.mintSecrets(), `accesses.secrets:${id}`) }
}

/** Secrets are minted and stored before the endpoint is first asked. */
const insertAccesses = (
  em: EntityManager,
  subscriptionId: SubscriptionId,
  accesses: readonly { id: AccessId; endpointId: EndpointId; secrets: string }[],
  now: Date,
) =>
  runStatement(
    em,
    `insert into accesses (id, endpoint_id, secrets, subscription_id, desired_revision, applied_revision, next_attempt_at,
       upload_counter, download_counter, upload_bytes, download_bytes, created_at)
     select id, endpoint_id, secrets, $4, 1, 0, $5, 0, 0, 0, 0, $5
     from unnest($1::text[], $2::text[], $3::text[]) as missing (id, endpoint_id, secrets)`,
    [
      accesses.map(({ id }) => id),
      accesses.map(({ endpointId }) => endpointId),
      accesses.map(({ secrets }) => secrets),
      subscriptionId,
      now,
    ],
  )

/** A row that was never applied: secrets are minted and stored before the endpoint is first asked. */
export const newAccess = (of: {
  id: AccessId
  subscriptionId: SubscriptionId
  endpointId: EndpointId
  secrets: string
  now: Date
}) => ({
  id: of.id,
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
