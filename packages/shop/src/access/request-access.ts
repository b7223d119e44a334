import { type EntityManager, type Given, prepared } from '@vpn-kiosk/db'
import type { AccessId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { reissueDevices } from '../device/reissue-devices.ts'
import { addMissing } from './add-missing.ts'
import { closeAccesses } from './close-accesses.ts'
import { queueAccesses, queueCuts } from './queue-access.ts'
import { readSituation, type Situation } from './read-situation.ts'
import { wishedAt } from './wished-at.ts'

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
 * The same for a caller whose transaction has locked the subscription's row, as `extendSubscription` does. A
 * subscription that does not run is closed where it is open, and opened nowhere.
 */
export async function requestAccessUnderLock(
  deps: RequestAccessDeps,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<AccessId[]> {
  const situation = await readSituation(deps, em, subscriptionId, now)
  if (!situation.isRunning) return close(deps, em, situation, now)
  const wished = (await wishAll(em, { subscriptionId, now })).map(({ id }) => id)
  await queueAccesses(deps, em, wished)
  const added = await addMissing(deps, em, situation, { isTurn: false }, now)
  await reissueDevices(deps, em, situation, now)
  return [...wished, ...added]
}

/** The same for endpoints on which the subscription has no access yet; its other accesses are not touched. */
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

/**
 * The endpoints are locked before any access, as everywhere, so that two transactions never wait for each other and
 * never add the same access.
 */
const lockSubscription = (em: EntityManager, id: SubscriptionId) =>
  em.getKysely().selectFrom('subscriptions').select('id').where('id', '=', id).forNoKeyUpdate().execute()

const wishAll = prepared((db, { subscriptionId, now }: Given<{ subscriptionId: SubscriptionId; now: Date }>) =>
  db
    .updateTable('accesses')
    .set(wishedAt(now))
    .where('subscription_id', '=', subscriptionId)
    .where('removed_at', 'is', null)
    .returning('id'),
)

/** Provisions an access once more although nothing about its subscription has changed. */
export async function requestAgain(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  accessId: AccessId,
  now: Date,
): Promise<void> {
  const rows = await em
    .getKysely()
    .updateTable('accesses')
    .set(wishedAt(now))
    .where('id', '=', accessId)
    .whereRef('applied_revision', '>=', 'desired_revision')
    .returning('id')
    .execute()
  const ids = rows.map(({ id }) => id)
  await queueAccesses(deps, em, ids)
}

async function close(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  { subscriptionId }: Situation,
  now: Date,
): Promise<AccessId[]> {
  const ids = await closeAccesses(em, [subscriptionId], now)
  await queueCuts(deps, em, ids)
  return ids
}
