import { createHash } from 'node:crypto'
import { type Database, EndpointEntity, type EndpointRow, LockMode, ServerEntity } from '@vpn-kiosk/db'
import {
  addMs,
  adviseCircuit,
  afterFailure,
  type Circuit,
  type Clock,
  closedCircuit,
  cutText,
  type EndpointCause,
  EndpointRefused,
  EndpointResting,
  hourMs,
  isBefore,
  minuteMs,
  startAttempt,
  type VpnDriver,
} from '@vpn-kiosk/domain'
import type { Enqueuer } from '@vpn-kiosk/queue'
import { notifyStaff } from '../notification/notify-staff.ts'

/** One login a quarter of an hour, which is a panel's own lock; the next rests are longer. */
const limits = { failures: 1, restMs: 15 * minuteMs, longestRestMs: 6 * hourMs }
/** A call that finds out whether we are let in again has this long before another may go. */
const attemptMs = minuteMs
/** What another process has seen is known here so much later at most. */
const knownForMs = 1_000

/** Refusals that count as failed logins on the other side, or that only a human can end. */
const loginRefusals: ReadonlySet<EndpointCause> = new Set([
  'wrong_credentials',
  'login_locked',
  'two_factor_needed',
  'two_factor_wrong',
  'host_key_changed',
  'certificate_changed',
])

export interface RestDeps {
  readonly db: Database
  readonly queue: Enqueuer
  readonly clock: Clock
}

type Endpoint = Pick<EndpointRow, 'id' | 'settings' | 'secrets'>
type RestRow = Pick<EndpointRow, 'refusals' | 'restKey' | 'restReason' | 'restsUntil' | 'triedUntil'>

/** Guards every call to one endpoint, with the settings and secrets that it was opened with. */
export interface EndpointRest {
  /** Throws `EndpointResting` without calling while the endpoint is left alone. */
  ask<T>(call: () => Promise<T>): Promise<T>
}

/**
 * An endpoint that refused our login is left alone: one try at the end of each rest, and the rests grow. All processes
 * share this in the endpoint's row. Other settings or secrets are tried at once. Staff are told at the first refusal.
 */
export function createEndpointRest(deps: RestDeps, endpoint: Endpoint): EndpointRest {
  const key = keyOf(endpoint)
  let known: { readonly until: Date; readonly row: RestRow | null } | null = null

  const read = async (): Promise<RestRow | null> => {
    const now = deps.clock.now()
    if (known && isBefore(now, known.until)) return known.row
    const row = await deps.db.em().findOne(EndpointEntity, { id: endpoint.id })
    known = { until: addMs(now, knownForMs), row: row && row.refusals > 0 && row.restKey === key ? row : null }
    return known.row
  }

  const enter = async (): Promise<'usual' | 'attempt'> => {
    const row = await read()
    if (row === null) return 'usual'
    const now = deps.clock.now()
    const advice = adviseCircuit(circuitOf(row), now)
    if (advice !== 'rest' && (await claimAttempt(deps, endpoint.id, row, now))) return 'attempt'
    known = null
    throw new EndpointResting(restEnd(row, now), row.restReason ?? '')
  }

  return {
    async ask(call) {
      const turn = await enter()
      try {
        const result = await call()
        if (turn === 'attempt') await forget(deps, endpoint.id, key)
        return result
      } catch (error) {
        if (error instanceof EndpointRefused && loginRefusals.has(error.code)) {
          known = null
          await recordRefusal(deps, endpoint.id, { key, turn, error })
        } else if (turn === 'attempt' && error instanceof EndpointRefused) {
          // Whoever refuses something else has let us in.
          await forget(deps, endpoint.id, key)
        }
        throw error
      } finally {
        if (turn === 'attempt') known = null
      }
    },
  }
}

const keyOf = ({ settings, secrets }: Endpoint): string =>
  createHash('sha256')
    .update(JSON.stringify([settings, secrets]))
    .digest('base64url')
    .slice(0, 22)

const circuitOf = ({ refusals, restsUntil, triedUntil }: RestRow): Circuit => ({
  failures: refusals,
  rests: refusals,
  restsUntil: restsUntil ?? null,
  // No rest is longer: one that would be began while the clock was ahead. Clocks of two machines differ by less than an hour.
  restsFrom: restsUntil ? addMs(restsUntil, -limits.longestRestMs - hourMs) : null,
  triedUntil: triedUntil ?? null,
})

/** While somebody else tries, the end is not known: a look again is due when that try is over. */
const restEnd = ({ restsUntil, triedUntil }: RestRow, now: Date): Date =>
  restsUntil && isBefore(now, restsUntil) ? restsUntil : (triedUntil ?? addMs(now, attemptMs))

/** Of all that want to try, in all processes, one may. */
async function claimAttempt({ db }: RestDeps, id: EndpointRow['id'], row: RestRow, now: Date): Promise<boolean> {
  const { triedUntil } = startAttempt(circuitOf(row), now, attemptMs)
  const claimed = await db
    .getKysely()
    .updateTable('endpoints')
    .set({ tried_until: triedUntil })
    .where('id', '=', id)
    .where('rest_key', '=', row.restKey ?? null)
    .where('refusals', '=', row.refusals)
    .where('tried_until', 'is not distinct from', row.triedUntil ?? null)
    .returning('id')
    .executeTakeFirst()
  return claimed !== undefined
}

/** Calls that were out together are refused one by one: they are one refusal. */
async function recordRefusal(
  deps: RestDeps,
  id: EndpointRow['id'],
  { key, turn, error }: { readonly key: string; readonly turn: 'usual' | 'attempt'; readonly error: EndpointRefused },
): Promise<void> {
  await deps.db.transaction(async (em) => {
    const row = await em.findOne(EndpointEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!row) return
    const isSame = row.restKey === key && row.refusals > 0
    if (isSame && turn === 'usual') return
    const now = deps.clock.now()
    const before = isSame ? circuitOf(row) : closedCircuit
    const { rests, restsUntil } = afterFailure(before, limits, now)
    const restReason = cutText(error.message, 300)
    await em.nativeUpdate(
      EndpointEntity,
      { id },
      { refusals: rests, restKey: key, restCode: error.code, restReason, restsUntil, triedUntil: null },
    )
    if (isSame) return
    const server = await em.findOneOrFail(ServerEntity, { id: row.serverId })
    const notification = {
      kind: 'endpoint_refused',
      serverName: server.name,
      code: error.code,
      reason: restReason,
    } as const
    await notifyStaff(deps, em, notification, now)
  })
}

/** Columns of an endpoint that nobody leaves alone. */
export const awake = {
  refusals: 0,
  restKey: null,
  restCode: null,
  restReason: null,
  restsUntil: null,
  triedUntil: null,
}

async function forget({ db }: RestDeps, id: EndpointRow['id'], key: string): Promise<void> {
  await db.em().nativeUpdate(EndpointEntity, { id, restKey: key }, awake)
}

/** The same driver, every call behind the rest. */
export function restAfterRefusal(driver: VpnDriver, rest: EndpointRest): VpnDriver {
  const drop = driver.dropConnections?.bind(driver)
  return {
    id: driver.id,
    protocols: driver.protocols,
    ensureAccount: (spec) => rest.ask(() => driver.ensureAccount(spec)),
    removeAccount: (account, secrets) => rest.ask(() => driver.removeAccount(account, secrets)),
    listAccounts: () => askForEach(rest, () => driver.listAccounts()),
    readUsage: () => askForEach(rest, () => driver.readUsage()),
    probe: () => rest.ask(() => driver.probe()),
    ...(drop ? { dropConnections: (accounts) => rest.ask(() => drop(accounts)) } : {}),
    close: () => driver.close(),
  }
}

/** A list asks with its first item. */
async function* askForEach<T>(rest: EndpointRest, list: () => AsyncIterable<T>): AsyncIterable<T> {
  const items = list()[Symbol.asyncIterator]()
  let item = await rest.ask(() => items.next())
  try {
    for (; item.done !== true; item = await items.next()) yield item.value
  } finally {
    await items.return?.()
  }
}
