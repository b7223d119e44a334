import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import { type AccessId, addMs, retireAfterMs, retireSuspendedAfterMs, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { nudgeAll, nudgeCuts } from './nudge.ts'

type RequestManyDeps = Pick<ShopDeps, 'queue'>

/**
 * Wishes the accesses of many running subscriptions, whose rows the caller has locked, to agree with what holds now; one
 * statement for all of them. None is added: what goes on has its own.
 */
export async function requestMany(
  deps: RequestManyDeps,
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<void> {
  if (subscriptionIds.length === 0) return
  const rows = await runStatement<{ id: AccessId }>(
    em,
    `update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $1
     where subscription_id = any($2) and removed_at is null returning id`,
    [now, subscriptionIds],
  )
  await nudgeAll(
    deps,
    em,
    rows.map(({ id }) => id),
  )
}

/** Closes the accesses of many subscriptions that do not run any more, as `requestAccess` does for one. */
export async function closeMany(
  deps: RequestManyDeps,
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<void> {
  if (subscriptionIds.length === 0) return
  const rows = await runStatement<{ id: AccessId }>(em, closeStatement, [
    subscriptionIds,
    now,
    addMs(now, retireSuspendedAfterMs - retireAfterMs),
  ])
  await nudgeCuts(
    deps,
    em,
    rows.map(({ id }) => id),
  )
}

/** What an endpoint was never asked for is gone with that: no account is made only to be disabled. */
const closeStatement = `
  with gone as (
    update accesses set removed_at = $2, applied_revision = desired_revision
    where subscription_id = any($1) and removed_at is null and asked_at is null
  ), nothing_to_deliver as (
    delete from pending_deliveries where subscription_id = any($1)
  )
  update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $2,
    ended_at = case when ended_at is not null then least(ended_at, $3) end
  where subscription_id = any($1) and removed_at is null and asked_at is not null returning id`
