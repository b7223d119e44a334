import { AccessEntity, runStatement } from '@vpn-kiosk/db'
import {
  type AccessId,
  accountOf,
  addMs,
  backoffMs,
  type Credentials,
  EndpointRefused,
  EndpointUnreachable,
  type Id,
  isBefore,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sendNotice } from '../notice/queue-notice.ts'
import { keepLease, type Lease, leaseMs } from './keep-lease.ts'
import { readDesired } from './read-desired.ts'
import { nudge, nudgeAheadMs, requestAgain } from './request-access.ts'

export type GrantAccessDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'endpoints' | 'checkpoint'>

export type GrantAccessResult =
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
export async function grantAccess(deps: GrantAccessDeps, accessId: AccessId): Promise<GrantAccessResult> {
  const access = await lease(deps, accessId)
  if (!access) return lookLater(deps, accessId)
  deps.checkpoint('grant:leased')
  try {
    const credentials = await keepLease(deps, access, () => apply(deps, access))
    deps.checkpoint('grant:endpoint-agreed')
    await recordApplied(deps, access, credentials)
    deps.checkpoint('grant:recorded')
    return { kind: 'applied' }
  } catch (error) {
    if (error instanceof EndpointUnreachable || error instanceof EndpointRefused)
      return recordFailure(deps, access, error)
    await recordFailure(deps, access, error as Error, { isThrown: true })
    throw error
  }
}

/** The wish as it stood when it was taken up. */
interface Leased extends Lease {
  readonly desiredRevision: number
  readonly attempts: number
}

async function lease({ db, clock }: GrantAccessDeps, id: AccessId): Promise<Leased | null> {
  const now = clock.now()
  const leasedUntil = addMs(now, leaseMs)
  const [taken] = await db.read<{ desired_revision: number; attempts: number }>(leaseStatement, [
    leasedUntil,
    id,
    now,
    addMs(now, nudgeAheadMs),
  ])
  if (!taken) return null
  return { id, desiredRevision: taken.desired_revision, attempts: taken.attempts, leasedUntil }
}

const leaseStatement = {
  name: 'lease-access',
  text: `update accesses set leased_until = $1 where id = $2 and applied_revision < desired_revision
    and (leased_until is null or leased_until < $3) and (next_attempt_at is null or next_attempt_at <= $4)
    returning desired_revision, attempts`,
}

/**
 * Whoever holds the lease may have read the wish before it changed: look again shortly. A job that comes before the
 * next attempt is due ends here, so that however many there are, an outage leaves one for each access.
 */
async function lookLater({ db, queue, clock }: GrantAccessDeps, accessId: AccessId): Promise<GrantAccessResult> {
  const row = await db.em().findOne(AccessEntity, { id: accessId })
  if (!row || row.appliedRevision >= row.desiredRevision) return { kind: 'nothing_to_do' }
  if (row.leasedUntil === null || isBefore(row.leasedUntil, clock.now())) return { kind: 'not_due' }
  await queue.enqueue('grant-access', { accessId }, { delayMs: 2000 })
  return { kind: 'busy' }
}

/** Null when the access was removed and there are no documents any more. */
async function apply(deps: GrantAccessDeps, { id }: Leased): Promise<Credentials | null> {
  const { endpoint, spec } = await readDesired(deps, id)
  const driver = deps.endpoints.open(endpoint)
  if (spec) return driver.ensureAccount(spec)
  await driver.removeAccount(accountOf(id))
  return null
}

/** Where the lease ran out and somebody else has settled it meanwhile, nobody knows whose write came last: wished again. */
async function recordApplied(deps: GrantAccessDeps, access: Leased, credentials: Credentials | null): Promise<void> {
  const sealed = credentials ? deps.vault.seal(credentials, `accesses.credentials:${access.id}`) : null
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const [kept] = await runStatement<{ is_behind: boolean; released: Id<'notice'>[] }>(em, appliedStatement, [
      access.id,
      access.leasedUntil,
      access.desiredRevision,
      now,
      sealed,
    ])
    if (!kept) return void (await requestAgain(deps, em, access.id, now))
    if (kept.is_behind) await nudge(deps, em, access.id)
    for (const id of kept.released) await sendNotice(deps, em, id)
  })
}

/** Lets go what waited for this subscription's access, unless more is wished by now or there are no documents. */
const appliedStatement = `
  with kept as (
    update accesses set applied_revision = $3, applied_at = $4, credentials = $5, attempts = 0, last_error = null, leased_until = null,
      next_attempt_at = case when desired_revision > $3 then $4::timestamptz end
    where id = $1 and leased_until = $2 returning subscription_id, desired_revision > $3 as is_behind
  ), released as (
    update notices n set state = 'queued', queued_at = $4 from kept
    where n.subscription_id = kept.subscription_id and n.state = 'held' and not kept.is_behind and $5::text is not null
    returning n.id
  )
  select is_behind, array(select id from released) as released from kept`

/**
 * Writes down what went wrong and when to try again. Of what is thrown on, the queue itself repeats the job: another
 * one beside it would double them at each attempt.
 */
async function recordFailure(
  deps: GrantAccessDeps,
  access: Leased,
  error: Error,
  { isThrown = false } = {},
): Promise<GrantAccessResult> {
  const attempts = access.attempts + 1
  const waitMs = backoffMs(access.attempts, Math.random())
  const at = addMs(deps.clock.now(), waitMs)
  const reason = error.message.slice(0, 300)
  await deps.db.transaction(async (em) => {
    const kept = await em.nativeUpdate(
      AccessEntity,
      { id: access.id, leasedUntil: access.leasedUntil },
      { attempts, nextAttemptAt: at, lastError: reason, leasedUntil: null },
    )
    if (!kept) return void (await requestAgain(deps, em, access.id, deps.clock.now()))
    if (isThrown) return
    await deps.queue.enqueue(
      'grant-access',
      { accessId: access.id },
      { transaction: em.getTransactionContext(), delayMs: waitMs },
    )
  })
  return { kind: 'try_later', reason, at }
}
