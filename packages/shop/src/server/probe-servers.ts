import {
  EndpointEntity,
  type EndpointRow,
  type EntityManager,
  LockMode,
  ServerEntity,
  type ServerRow,
  ServerStatEntity,
  sql,
} from '@vpn-kiosk/db'
import {
  addMs,
  cutText,
  dayMs,
  type EndpointHealth,
  type EndpointProblem,
  EndpointRefused,
  EndpointUnreachable,
  isBefore,
} from '@vpn-kiosk/domain'
import { retryAccesses } from '../access/retry-accesses.ts'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { healthColumns } from './insert-endpoint.ts'
import { wishEndpoints } from './reprovision-endpoint.ts'

export type ProbeServersDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'endpoints'>

export interface ProbeReport {
  readonly up: number
  readonly degraded: number
  readonly down: number
}

const atOnce = 8
/** So many failures in a row mean that it is down, not that a packet was lost. */
const failuresUntilDown = 3
const keptMs = 30 * dayMs
/** Charts need no more than one point in so long. */
const statRestMs = 20_000

type Outcome =
  | EndpointHealth
  | { readonly kind: 'down'; readonly reason: string; readonly problems: readonly EndpointProblem[] }

/** Asks every endpoint in service how it is, and writes down what it said. One that fails keeps no other from being asked. */
export async function probeServers(deps: ProbeServersDeps): Promise<ProbeReport> {
  const rows = await deps.db
    .getKysely()
    .selectFrom('endpoints as e')
    .innerJoin('servers as s', 's.id', 'e.server_id')
    .select('e.id')
    .where('s.state', '<>', 'disabled')
    .orderBy('e.id')
    .execute()
  const report = { up: 0, degraded: 0, down: 0 }
  const waiting = rows.values()
  const work = async () => {
    for (const { id } of waiting) report[await probeEndpoint(deps, id)] += 1
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const em = deps.db.em()
  await em.nativeDelete(ServerStatEntity, { at: { $lt: addMs(deps.clock.now(), -keptMs) } })
  return report
}

async function probeEndpoint(deps: ProbeServersDeps, id: EndpointRow['id']): Promise<Outcome['kind']> {
  const endpoint = await deps.db.em().findOneOrFail(EndpointEntity, { id })
  const outcome = await ask(deps, endpoint)
  await deps.db.transaction((em) => record(deps, em, endpoint, outcome))
  return outcome.kind
}

/** Whatever the driver throws is a fact about this endpoint, not a reason to leave the others unasked. */
async function ask({ endpoints }: ProbeServersDeps, endpoint: EndpointRow): Promise<Outcome> {
  try {
    return await endpoints.open(endpoint).probe()
  } catch (error) {
    const code = error instanceof EndpointRefused || error instanceof EndpointUnreachable ? error.code : 'other'
    const reason = error instanceof Error ? error.message : 'it failed'
    return { kind: 'down', reason, problems: [{ code, detail: '' }] }
  }
}

/** The server's row is locked, so that of two rounds at once only one sees it go down or come back. */
async function record(deps: ProbeServersDeps, em: EntityManager, before: EndpointRow, outcome: Outcome): Promise<void> {
  const { serverId } = before
  const server = await em.findOneOrFail(ServerEntity, { id: serverId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  const wasDown = await isServerDown(em, serverId)
  const now = deps.clock.now()
  await writeHealth(em, before, outcome, now)
  if (outcome.kind !== 'down') await followUp(deps, em, { before, server, outcome, now })
  const isDown = await isServerDown(em, serverId)
  if (wasDown === isDown || server.state === 'disabled') return
  if (isDown) {
    // A draining server stays so: it must not come back open to newcomers.
    await em.nativeUpdate(ServerEntity, { id: serverId, state: 'active' }, { state: 'down' })
    const reason = outcome.kind === 'down' ? cutText(outcome.reason, 300) : ''
    const problems = outcome.kind === 'down' ? outcome.problems : []
    await notifyStaff(deps, em, { kind: 'server_down', serverName: server.name, reason, problems }, now)
  } else {
    await em.nativeUpdate(ServerEntity, { id: serverId, state: 'down' }, { state: 'active' })
    await notifyStaff(deps, em, { kind: 'server_up', serverName: server.name }, now)
    await retryAccesses(deps, em, serverId, now)
  }
}

/** A place is down when none of its ways in answers. */
async function isServerDown(em: EntityManager, serverId: EndpointRow['serverId']): Promise<boolean> {
  const row = await em
    .getKysely()
    .selectFrom('endpoints')
    .select(sql<boolean | null>`bool_and(failures >= ${failuresUntilDown})`.as('is_down'))
    .where('server_id', '=', serverId)
    .executeTakeFirst()
  return row?.is_down === true
}

interface Answered {
  readonly before: EndpointRow
  readonly server: Pick<ServerRow, 'name'>
  readonly outcome: EndpointHealth
  readonly now: Date
}

/** The core's start is told in whole seconds, and its clock is not ours. */
const sameStartMs = 15_000

/**
 * What an answer brings with it. An endpoint that was away or was restarted may have been restored from an old copy:
 * it is reconciled at once. Where what customers get there has changed, each access is provisioned anew. Staff hear of
 * what does not work when it is found.
 */
async function followUp(
  deps: ProbeServersDeps,
  em: EntityManager,
  { before, server, outcome, now }: Answered,
): Promise<void> {
  const { runningSince = null, documentsKey } = outcome
  const isRestarted =
    runningSince !== null &&
    before.runningSince != null &&
    isBefore(addMs(before.runningSince, sameStartMs), runningSince)
  if (before.failures > 0 || isRestarted) {
    const options = { transaction: em.getTransactionContext(), key: before.id }
    await deps.queue.enqueue('reconcile-endpoint', { endpointId: before.id }, options)
  }
  if (documentsKey !== undefined && before.documentsKey != null && before.documentsKey !== documentsKey)
    await wishEndpoints(deps, em, [before.id])
  // Whoever came while nothing here worked has an access elsewhere at most.
  if (!before.takesNewcomers && (outcome.kind === 'up' || outcome.takesNewcomers))
    await em.nativeUpdate(EndpointEntity, { id: before.id }, { hasTurnedAway: true })
  if (outcome.kind !== 'degraded') return
  const known = new Set(before.problems?.map(({ code, detail }) => `${code} ${detail}`))
  const isNew =
    before.health !== 'degraded' || outcome.problems.some(({ code, detail }) => !known.has(`${code} ${detail}`))
  if (isNew)
    await notifyStaff(deps, em, { kind: 'endpoint_degraded', serverName: server.name, problems: outcome.problems }, now)
}

async function writeHealth(em: EntityManager, before: EndpointRow, outcome: Outcome, now: Date): Promise<void> {
  const columns = outcome.kind === 'down' ? downColumns(outcome, now) : healthColumns(outcome, now)
  await em.nativeUpdate(EndpointEntity, { id: before.id }, columns)
  await em
    .getKysely()
    .updateTable('endpoints')
    .set((eb) => ({ failures: outcome.kind === 'down' ? eb('failures', '+', 1) : 0 }))
    .where('id', '=', before.id)
    .execute()
  if (before.probedAt !== null && isBefore(now, addMs(before.probedAt, statRestMs))) return
  const { online = null, cpuPercent = null, memoryPercent = null } = columns
  const figures = { online, cpuPercent, memoryPercent }
  await em.insert(ServerStatEntity, { endpointId: before.id, at: now, isUp: outcome.kind !== 'down', ...figures })
}

const downColumns = ({ reason, problems }: Outcome & { kind: 'down' }, now: Date) => ({
  health: 'down' as const,
  healthReason: cutText(reason, 300),
  problems: [...problems],
  probedAt: now,
  online: null,
  cpuPercent: null,
  memoryPercent: null,
})
