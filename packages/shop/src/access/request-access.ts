import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import { type AccessId, addMs, retireAfterMs, retireSuspendedAfterMs, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { reissueDevices } from '../device/reissue-devices.ts'
import { addMissing } from './add-missing.ts'
import { nudgeAll, nudgeCuts } from './nudge.ts'
import { readSituation, type Situation } from './read-situation.ts'

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

/**
 * The same for a caller whose transaction has locked the subscription's row, as `extendSubscription` does. A right that
 * does not run is closed where it is open and opened nowhere.
 */
export async function requestAccessUnderLock(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<AccessId[]> {
  const situation = await readSituation(deps, em, subscriptionId, now)
  if (!situation.isRunning) return close(deps, em, situation, now)
  const wished = await wish(deps, em, { sql: 'subscription_id = $2 and removed_at is null', id: subscriptionId }, now)
  const added = await addMissing(deps, em, situation, { isTurn: false }, now)
  await reissueDevices(deps, em, situation, now)
  return [...wished, ...added]
}

/** The same for endpoints on which the subscription has no access yet: what is settled elsewhere is left in peace. */
export async function requestMissingAccess(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<AccessId[]> {
  await lockSubscription(em, subscriptionId)
  const situation = await readSituation(deps, em, subscriptionId, now)
  if (!situation.isRunning) return []
  const added = await addMissing(deps, em, situation, { isTurn: true }, now)
  await reissueDevices(deps, em, situation, now)
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
  const ids = rows.map(({ id }) => id)
  await nudgeAll(deps, em, ids)
  return ids
}

/** What its endpoint was never asked for is gone with that: no account is made only to be disabled. */
async function close(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  { subscriptionId }: Situation,
  now: Date,
): Promise<AccessId[]> {
  const rows = await runStatement<{ id: AccessId }>(em, closeStatement, [
    subscriptionId,
    now,
    addMs(now, retireSuspendedAfterMs - retireAfterMs),
  ])
  const ids = rows.map(({ id }) => id)
  await nudgeCuts(deps, em, ids)
  return ids
}

/** Who is suspended keeps the places for a while; that the time was paid for does not hold them to its end. */
const closeStatement = `
  with gone as (
    update accesses set removed_at = $2, applied_revision = desired_revision
    where subscription_id = $1 and removed_at is null and asked_at is null
  ), nothing_to_deliver as (
    delete from pending_deliveries where subscription_id = $1
  )
  update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $2,
    ended_at = case when ended_at is not null then least(ended_at, $3) end
  where subscription_id = $1 and removed_at is null and asked_at is not null returning id`
