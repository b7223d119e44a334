import {
  AccessEntity,
  type AccessRow,
  DeviceEntity,
  EndpointEntity,
  type EndpointRow,
  ServerEntity,
  type ServerRow,
  SubscriptionEntity,
  type SubscriptionRow,
} from '@vpn-kiosk/db'
import {
  type AccessId,
  type AccountSpec,
  accountOf,
  addMs,
  backoffMs,
  type Credentials,
  EndpointRefused,
  EndpointUnreachable,
  flagOf,
  isBefore,
  minuteMs,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { releaseNotices } from '../notice/queue-notice.ts'
import { nudge, nudgeAheadMs, requestAgain } from './request-access.ts'

export type GrantAccessDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'endpoints' | 'checkpoint'>

export type GrantAccessResult =
  | { readonly kind: 'applied' }
  | { readonly kind: 'nothing_to_do' }
  /** It failed lately; the job of its next attempt is queued. */
  | { readonly kind: 'not_due' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'try_later'; readonly reason: string; readonly at: Date }

/** Longer than the slowest endpoint may take, and what a crash in the middle costs the customer. */
const leaseMs = minuteMs

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
    const credentials = await apply(deps, access)
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

async function lease({ db, clock }: GrantAccessDeps, accessId: AccessId): Promise<AccessRow | null> {
  const now = clock.now()
  const taken = await db.em().execute<{ id: AccessId }[]>(
    `update accesses set leased_until = ? where id = ? and applied_revision < desired_revision
     and (leased_until is null or leased_until < ?) and (next_attempt_at is null or next_attempt_at <= ?) returning id`,
    [addMs(now, leaseMs), accessId, now, addMs(now, nudgeAheadMs)],
  )
  return taken.length > 0 ? db.em().findOneOrFail(AccessEntity, { id: accessId }) : null
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

interface Around {
  readonly subscription: SubscriptionRow
  readonly endpoint: EndpointRow
  readonly server: ServerRow
  readonly isDeviceGone: boolean
}

/** Null when the access was removed and there are no documents any more. */
async function apply(deps: GrantAccessDeps, access: AccessRow): Promise<Credentials | null> {
  const around = await readAround(deps, access)
  const driver = deps.endpoints.open(around.endpoint)
  const account = accountOf(access.id)
  if (access.removedAt || around.isDeviceGone) {
    await driver.removeAccount(account)
    return null
  }
  return driver.ensureAccount(specOf(deps, access, around))
}

async function readAround({ db }: GrantAccessDeps, access: AccessRow): Promise<Around> {
  const em = db.em()
  const subscription = await em.findOneOrFail(SubscriptionEntity, { id: access.subscriptionId })
  const endpoint = await em.findOneOrFail(EndpointEntity, { id: access.endpointId })
  const server = await em.findOneOrFail(ServerEntity, { id: endpoint.serverId })
  const device = access.deviceId ? await em.findOne(DeviceEntity, { id: access.deviceId }) : null
  return { subscription, endpoint, server, isDeviceGone: device !== null && device.revokedAt !== null }
}

function specOf({ clock, vault }: GrantAccessDeps, access: AccessRow, { subscription, server }: Around): AccountSpec {
  return {
    account: accountOf(access.id),
    secrets: vault.open(access.secrets),
    address: access.address,
    enabled: standingOf(subscription, clock.now()) === 'active' && server.state !== 'disabled',
    expiresAt: subscription.endsAt,
    trafficLimitBytes: subscription.trafficLimitBytes,
    deviceLimit: subscription.deviceLimit,
    label: `${flagOf(server.country)} ${server.city}`,
  }
}

/** Where the lease ran out and somebody else has settled it meanwhile, nobody knows whose write came last: wished again. */
async function recordApplied(deps: GrantAccessDeps, access: AccessRow, credentials: Credentials | null): Promise<void> {
  await deps.db.transaction(async (em) => {
    const kept = await em.nativeUpdate(
      AccessEntity,
      { id: access.id, leasedUntil: access.leasedUntil },
      {
        appliedRevision: access.desiredRevision,
        appliedAt: deps.clock.now(),
        credentials: credentials ? deps.vault.seal(credentials) : null,
        attempts: 0,
        nextAttemptAt: null,
        lastError: null,
        leasedUntil: null,
      },
    )
    if (!kept) return void (await requestAgain(deps, em, access.id, deps.clock.now()))
    const row = await em.findOneOrFail(AccessEntity, { id: access.id })
    if (row.desiredRevision > row.appliedRevision) {
      await em.nativeUpdate(AccessEntity, { id: access.id }, { nextAttemptAt: deps.clock.now() })
      await nudge(deps, em, access.id)
    } else if (credentials) await releaseNotices(deps, em, access.subscriptionId, deps.clock.now())
  })
}

/**
 * Writes down what went wrong and when to try again. Of what is thrown on, the queue itself repeats the job: another
 * one beside it would double them at each attempt.
 */
async function recordFailure(
  deps: GrantAccessDeps,
  access: AccessRow,
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
