import { AccessEntity, type EntityManager, type Given, jsonObjectFrom, prepared, sql } from '@vpn-kiosk/db'
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
import { holdLease, type Lease, leaseMs, strangeLeaseMs } from './hold-lease.ts'
import { queueAccess, queueAheadMs } from './queue-access.ts'
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
    const { id, leasedUntil, desiredRevision } = access
    const { kept: what, wasAsked, isCut } = agreed
    const values = { id, leasedUntil, desiredRevision, now, sealed, isNothing: what === 'nothing', wasAsked, isCut }
    const [kept] = await recordAgreed(em, values)
    if (!kept) return void (await requestAgain(deps, em, access.id, now))
    if (kept.is_behind) await queueAccess(deps, em, access.id)
    for (const id of kept.released) await sendNotification(deps, em, id)
    if (kept.reissued) await tellNewFile(deps, em, access.id, kept.reissued, now)
  })
}

const tellNewFile = (
  deps: GrantAccessDeps,
  em: EntityManager,
  id: AccessId,
  { deviceId, customerId }: { readonly deviceId: DeviceId; readonly customerId: CustomerId },
  now: Date,
): Promise<boolean> =>
  queueNotification(
    deps,
    em,
    { customerId, key: `reissued:${id}`, notification: { kind: 'device_reissued', deviceId } },
    now,
  )

interface AgreedValues {
  readonly id: AccessId
  readonly leasedUntil: Date
  readonly desiredRevision: number
  readonly now: Date
  readonly sealed: string | null
  /** Nothing stays of the access. */
  readonly isNothing: boolean
  readonly wasAsked: boolean
  readonly isCut: boolean
}

/**
 * Lets go what waited for this subscription's access, unless more is wished by now or there are no documents. `reissued`
 * is the device that has its first file in place of one that was taken back.
 */
const recordAgreed = prepared((db, given: Given<AgreedValues>) => {
  const now = sql<Date>`${given.now}::timestamptz`
  const revision = sql<number>`${given.desiredRevision}::int`
  const hasDocuments = sql<boolean>`${given.sealed}::text is not null`
  return db
    .with('kept', (cte) =>
      cte
        .updateTable('accesses')
        .set((eb) => ({
          applied_revision: revision,
          applied_at: now,
          credentials: given.sealed,
          attempts: 0,
          last_error: null,
          last_cause: null,
          leased_until: null,
          next_attempt_at: eb.case().when('desired_revision', '>', revision).then(now).end(),
          asked_at: eb.case().when(sql<boolean>`${given.wasAsked}::boolean`).then(eb.ref('asked_at')).end(),
          cut_at: eb.case().when(sql<boolean>`${given.isCut}::boolean`).then(now).end(),
          removed_at: eb
            .case()
            .when(eb.and([sql<boolean>`${given.isNothing}::boolean`, eb('desired_revision', '=', revision)]))
            .then(eb.fn.coalesce('removed_at', now))
            .else(eb.ref('removed_at'))
            .end(),
        }))
        .where('id', '=', given.id)
        .where('leased_until', '=', given.leasedUntil)
        .returning((eb) => [
          'subscription_id',
          'device_id',
          eb('desired_revision', '>', revision).$castTo<boolean>().as('is_behind'),
          eb.and([eb.ref('is_reissued'), eb(revision, '=', 1), hasDocuments]).as('is_new_file'),
        ]),
    )
    .with('released', (cte) =>
      cte
        .updateTable('notifications as n')
        .from('kept')
        .set({ state: 'queued', queued_at: now })
        .whereRef('n.subscription_id', '=', 'kept.subscription_id')
        .where('n.state', '=', sql.lit('held'))
        .where((eb) => eb.and([eb.not(eb.ref('kept.is_behind')), hasDocuments]))
        .returning('n.id'),
    )
    .with('delivered', (cte) =>
      cte
        .deleteFrom('pending_deliveries as p')
        .using('kept')
        .whereRef('p.subscription_id', '=', 'kept.subscription_id')
        .where('kept.device_id', 'is', null)
        .where(hasDocuments),
    )
    .selectFrom('kept')
    .select((eb) => [
      'kept.is_behind',
      sql<Id<'notification'>[]>`array(${eb.selectFrom('released').select('released.id')})`.as('released'),
      jsonObjectFrom(
        eb
          .selectFrom('subscriptions as s')
          .whereRef('s.id', '=', 'kept.subscription_id')
          .where('kept.is_new_file', '=', true)
          .select(['s.customer_id as customerId', sql<DeviceId>`kept.device_id`.as('deviceId')]),
      ).as('reissued'),
    ])
})

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
