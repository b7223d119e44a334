import { AccessEntity, type Given, prepared } from '@vpn-kiosk/db'
import {
  type AccessId,
  accountOf,
  addMs,
  backoffMs,
  cutText,
  type EndpointCause,
  EndpointRefused,
  EndpointResting,
  EndpointUnreachable,
  isBefore,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { holdLease, leaseMs, strangeLeaseMs } from './hold-lease.ts'
import { queueAheadMs } from './queue-access.ts'
import { readDesired } from './read-desired.ts'
import { type Agreed, type Leased, recordApplied } from './record-applied.ts'
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
 * Makes one endpoint agree with the desired state of one access. A failure is stored and tried again after a growing
 * pause, until it succeeds. One worker at a time has the access (a lease in its row). Every driver call may be repeated,
 * so a crash anywhere costs nothing but time.
 */
export async function provisionAccess(deps: GrantAccessDeps, accessId: AccessId): Promise<ProvisionAccessResult> {
  const access = await lease(deps, accessId)
  if (!access) return lookLater(deps, accessId)
  deps.checkpoint('grant:leased')
  try {
    const agreed = await holdLease(deps, access, () => apply(deps, access))
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

async function lease({ db, clock }: GrantAccessDeps, id: AccessId): Promise<Leased | null> {
  const now = clock.now()
  const leasedUntil = addMs(now, leaseMs)
  const [taken] = await leaseAccess(db, {
    id,
    now,
    leasedUntil,
    dueBefore: addMs(now, queueAheadMs),
    strangeAfter: addMs(now, strangeLeaseMs),
  })
  if (!taken) return null
  const { desired_revision: desiredRevision, attempts, was_asked: wasAsked } = taken
  return { id, desiredRevision, attempts, wasAsked, leasedUntil }
}

interface LeaseValues {
  readonly id: AccessId
  readonly now: Date
  readonly leasedUntil: Date
  readonly dueBefore: Date
  readonly strangeAfter: Date
}

const leaseAccess = prepared((db, { id, now, leasedUntil, dueBefore, strangeAfter }: Given<LeaseValues>) =>
  db
    .updateTable('accesses as a')
    .from((eb) => eb.selectFrom('accesses').select('asked_at').where('id', '=', id).forNoKeyUpdate().as('before'))
    .set((eb) => ({ leased_until: leasedUntil, asked_at: eb.fn.coalesce('a.asked_at', now) }))
    .where('a.id', '=', id)
    .whereRef('a.applied_revision', '<', 'a.desired_revision')
    .where((eb) =>
      eb.or([
        eb('a.leased_until', 'is', null),
        eb('a.leased_until', '<', now),
        eb('a.leased_until', '>', strangeAfter),
      ]),
    )
    .where((eb) => eb.or([eb('a.next_attempt_at', 'is', null), eb('a.next_attempt_at', '<=', dueBefore)]))
    .returning((eb) => [
      'a.desired_revision',
      'a.attempts',
      eb('before.asked_at', 'is not', null).$castTo<boolean>().as('was_asked'),
    ]),
)

/**
 * The holder of the lease may have read the desired state before it changed, so this is looked at again shortly. A job
 * that comes before the next attempt is due ends here: after an outage one job is left for each access.
 */
async function lookLater({ db, queue, clock }: GrantAccessDeps, accessId: AccessId): Promise<ProvisionAccessResult> {
  const row = await db.em().findOne(AccessEntity, { id: accessId })
  if (!row || row.appliedRevision >= row.desiredRevision) return { kind: 'nothing_to_do' }
  if (row.leasedUntil === null || isBefore(row.leasedUntil, clock.now())) return { kind: 'not_due' }
  await queue.enqueue('provision-access', { accessId }, { delayMs: 2000 })
  return { kind: 'busy' }
}

/** Where no account can be, none is made only to be disabled; where one may be of a right that is over, it goes. */
async function apply(deps: GrantAccessDeps, { id, wasAsked }: Leased): Promise<Agreed> {
  const { endpoint, spec, secrets, isOver, hasCredentials } = await readDesired(deps, id)
  if (spec && !spec.enabled && !wasAsked)
    return { credentials: null, kept: isOver ? 'nothing' : 'wish', wasAsked, isCut: false }
  const driver = deps.endpoints.open(endpoint)
  const isUnwanted = spec === null || (isOver && !hasCredentials)
  if (!isUnwanted) {
    const credentials = await driver.ensureAccount(spec)
    return { credentials, kept: 'account', wasAsked: true, isCut: !spec.enabled }
  }
  await driver.removeAccount(accountOf(id), secrets ?? undefined)
  return { credentials: null, kept: 'nothing', wasAsked: true, isCut: true }
}

/** Accesses that waited for the end of a pause are not all tried in the same moment. */
const spreadMs = 5_000

const isOfEndpoint = (error: unknown): error is EndpointRefused | EndpointUnreachable =>
  error instanceof EndpointUnreachable || error instanceof EndpointRefused

const causeOf = (error: Error): EndpointCause => (isOfEndpoint(error) ? error.code : 'other')

/**
 * Stores the failure and when to try again. When an error is thrown on, the queue repeats the job by itself, so none is
 * added here.
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
