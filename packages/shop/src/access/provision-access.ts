import { AccessEntity, type EntityManager, runStatement } from '@vpn-kiosk/db'
import {
  type AccessId,
  accountOf,
  addMs,
  backoffMs,
  type Credentials,
  type CustomerId,
  cutText,
  type DeviceId,
  type EndpointCause,
  EndpointRefused,
  EndpointResting,
  EndpointUnreachable,
  type Id,
  isBefore,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotification, sendNotification } from '../notification/queue-notification.ts'
import { keepLease, type Lease, leaseMs, strangeLeaseMs } from './keep-lease.ts'
import { nudge, nudgeAheadMs } from './nudge.ts'
import { readDesired } from './read-desired.ts'
import { requestAgain } from './request-access.ts'

export type GrantAccessDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'endpoints' | 'checkpoint'>

export type ProvisionAccessResult =
  | { readonly kind: 'applied' }
  | { readonly kind: 'nothing_to_do' }
  /** It failed lately; the job of its next attempt is queued. */
  | { readonly kind: 'not_due' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'try_later'; readonly reason: string; readonly at: Date }

/**
 * Makes one endpoint agree with what is desired. Works until it succeeds: a failure is written down and tried
 * again after a growing pause. One worker at a time an access (a lease in the row); every driver call is a wish
 * that may be repeated, so dying anywhere in here costs nothing but time.
 */
export async function provisionAccess(deps: GrantAccessDeps, accessId: AccessId): Promise<ProvisionAccessResult> {
  const access = await lease(deps, accessId)
  if (!access) return lookLater(deps, accessId)
  deps.checkpoint('grant:leased')
  try {
    const agreed = await keepLease(deps, access, () => apply(deps, access))
    deps.checkpoint('grant:endpoint-agreed')
    await recordApplied(deps, access, agreed)
    deps.checkpoint('grant:recorded')
    return { kind: 'applied' }
  } catch (error) {
    if (isOfEndpoint(error)) return recordFailure(deps, access, error)
    await recordFailure(deps, access, error as Error, { isThrown: true })
    throw error
  }
}

/** The wish as it stood when it was taken up. */
interface Leased extends Lease {
  readonly desiredRevision: number
  readonly attempts: number
  /** An account may be there: its endpoint was asked before, with or without an answer. */
  readonly wasAsked: boolean
}

async function lease({ db, clock }: GrantAccessDeps, id: AccessId): Promise<Leased | null> {
  const now = clock.now()
  const leasedUntil = addMs(now, leaseMs)
  const [taken] = await db.read<Taken>(leaseStatement, [
    leasedUntil,
    id,
    now,
    addMs(now, nudgeAheadMs),
    addMs(now, strangeLeaseMs),
  ])
  if (!taken) return null
  const { desired_revision: desiredRevision, attempts, was_asked: wasAsked } = taken
  return { id, desiredRevision, attempts, wasAsked, leasedUntil }
}

interface Taken {
  readonly desired_revision: number
  readonly attempts: number
  readonly was_asked: boolean
}

const leaseStatement = {
  name: 'lease-access',
  text: `update accesses a set leased_until = $1, asked_at = coalesce(a.asked_at, $3)
    from (select asked_at from accesses where id = $2 for no key update) before
    where id = $2 and applied_revision < desired_revision
    and (leased_until is null or leased_until < $3 or leased_until > $5) and (next_attempt_at is null or next_attempt_at <= $4)
    returning desired_revision, attempts, before.asked_at is not null as was_asked`,
}

/**
 * Whoever holds the lease may have read the wish before it changed: look again shortly. A job that comes before the
 * next attempt is due ends here, so that however many there are, an outage leaves one for each access.
 */
async function lookLater({ db, queue, clock }: GrantAccessDeps, accessId: AccessId): Promise<ProvisionAccessResult> {
  const row = await db.em().findOne(AccessEntity, { id: accessId })
  if (!row || row.appliedRevision >= row.desiredRevision) return { kind: 'nothing_to_do' }
  if (row.leasedUntil === null || isBefore(row.leasedUntil, clock.now())) return { kind: 'not_due' }
  await queue.enqueue('provision-access', { accessId }, { delayMs: 2000 })
  return { kind: 'busy' }
}

interface Agreed {
  /** Null where there are no documents: nothing was made, or it was removed. */
  readonly credentials: Credentials | null
  /** What stays of the access: `nothing` when its right is over and no account of it is left. */
  readonly kept: 'account' | 'wish' | 'nothing'
  /** Its endpoint was asked, now or before. */
  readonly wasAsked: boolean
  /** Its holder is let in no more; connections that are open may go on. */
  readonly isCut: boolean
}

/** Where no account can be, none is made only to be disabled; where one may be of a right that is over, it goes. */
async function apply(deps: GrantAccessDeps, { id, wasAsked }: Leased): Promise<Agreed> {
  const { endpoint, spec, isOver, hasCredentials } = await readDesired(deps, id)
  if (spec && !spec.enabled && !wasAsked)
    return { credentials: null, kept: isOver ? 'nothing' : 'wish', wasAsked, isCut: false }
  const driver = deps.endpoints.open(endpoint)
  const isUnwanted = spec === null || (isOver && !hasCredentials)
  if (!isUnwanted) {
    const credentials = await driver.ensureAccount(spec)
    return { credentials, kept: 'account', wasAsked: true, isCut: !spec.enabled }
  }
  await driver.removeAccount(accountOf(id))
  return { credentials: null, kept: 'nothing', wasAsked: true, isCut: true }
}

/** Where the lease ran out and somebody else has settled it meanwhile, nobody knows whose write came last: wished again. */
async function recordApplied(deps: GrantAccessDeps, access: Leased, agreed: Agreed): Promise<void> {
  const sealed = agreed.credentials ? deps.vault.seal(agreed.credentials, `accesses.credentials:${access.id}`) : null
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const [kept] = await runStatement<Recorded>(em, appliedStatement, [
      access.id,
      access.leasedUntil,
      access.desiredRevision,
      now,
      sealed,
      agreed.kept,
      agreed.wasAsked,
      agreed.isCut,
    ])
    if (!kept) return void (await requestAgain(deps, em, access.id, now))
    if (kept.is_behind) await nudge(deps, em, access.id)
    for (const id of kept.released) await sendNotification(deps, em, id)
    if (kept.reissued) await tellNewFile(deps, em, access.id, kept.reissued, now)
  })
}

interface Recorded {
  readonly is_behind: boolean
  readonly released: Id<'notification'>[]
  /** The device that has its first file in place of one that was taken back. */
  readonly reissued: { readonly deviceId: DeviceId; readonly customerId: CustomerId } | null
}

const tellNewFile = (
  deps: GrantAccessDeps,
  em: EntityManager,
  id: AccessId,
  { deviceId, customerId }: NonNullable<Recorded['reissued']>,
  now: Date,
): Promise<boolean> =>
  queueNotification(
    deps,
    em,
    { customerId, key: `reissued:${id}`, notification: { kind: 'device_reissued', deviceId } },
    now,
  )

/** Lets go what waited for this subscription's access, unless more is wished by now or there are no documents. */
const appliedStatement = `
  with kept as (
    update accesses set applied_revision = $3, applied_at = $4, credentials = $5, attempts = 0, last_error = null, last_cause = null, leased_until = null,
      next_attempt_at = case when desired_revision > $3 then $4::timestamptz end,
      asked_at = case when $7 then asked_at end, cut_at = case when $8 then $4::timestamptz end,
      removed_at = case when $6 = 'nothing' and desired_revision = $3 then coalesce(removed_at, $4) else removed_at end
    where id = $1 and leased_until = $2
    returning subscription_id, device_id, desired_revision > $3 as is_behind, is_reissued and $3 = 1 and $5::text is not null as is_new_file
  ), released as (
    update notifications n set state = 'queued', queued_at = $4 from kept
    where n.subscription_id = kept.subscription_id and n.state = 'held' and not kept.is_behind and $5::text is not null
    returning n.id
  ), delivered as (
    delete from pending_deliveries p using kept
    where p.subscription_id = kept.subscription_id and kept.device_id is null and $5::text is not null
  )
  select is_behind, array(select id from released) as released, case when is_new_file then (
      select json_build_object('deviceId', kept.device_id, 'customerId', s.customer_id) from subscriptions s where s.id = kept.subscription_id
    ) end as reissued
  from kept`

/** Those who waited for the end of a rest do not all come at once. */
const spreadMs = 5_000

const isOfEndpoint = (error: unknown): error is EndpointRefused | EndpointUnreachable =>
  error instanceof EndpointUnreachable || error instanceof EndpointRefused

const causeOf = (error: Error): EndpointCause => (isOfEndpoint(error) ? error.code : 'other')

/**
 * Writes down what went wrong and when to try again. Of what is thrown on, the queue itself repeats the job: another
 * one beside it would double them at each attempt.
 */
async function recordFailure(
  deps: GrantAccessDeps,
  access: Leased,
  error: Error,
  { isThrown = false } = {},
): Promise<ProvisionAccessResult> {
  const now = deps.clock.now()
  // One that rests was not asked: the attempt does not count, and the next one is at the end of the rest.
  const isResting = error instanceof EndpointResting
  const attempts = isResting ? access.attempts : access.attempts + 1
  const waitMs = isResting
    ? Math.max(0, error.until.getTime() - now.getTime()) + Math.round(Math.random() * spreadMs)
    : backoffMs(access.attempts, Math.random())
  const at = addMs(now, waitMs)
  const reason = cutText(error.message, 300)
  await deps.db.transaction(async (em) => {
    const kept = await em.nativeUpdate(
      AccessEntity,
      { id: access.id, leasedUntil: access.leasedUntil },
      { attempts, nextAttemptAt: at, lastError: reason, lastCause: causeOf(error), leasedUntil: null },
    )
    if (!kept) return void (await requestAgain(deps, em, access.id, deps.clock.now()))
    if (isThrown) return
    await deps.queue.enqueue(
      'provision-access',
      { accessId: access.id },
      { transaction: em.getTransactionContext(), delayMs: waitMs },
    )
  })
  return { kind: 'try_later', reason, at }
}
