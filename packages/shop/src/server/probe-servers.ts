import {
  EndpointEntity,
  type EndpointRow,
  type EntityManager,
  LockMode,
  ServerEntity,
  ServerStatEntity,
} from '@vpn-kiosk/db'
import { addMs, dayMs, type EndpointHealth } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { tellStaff } from '../notice/queue-notice.ts'
import { hurryAccesses } from './change-server-state.ts'

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

type Outcome = EndpointHealth | { readonly kind: 'down'; readonly reason: string }

/** Asks every endpoint in service how it is, and writes down what it said. One that fails keeps no other from being asked. */
export async function probeServers(deps: ProbeServersDeps): Promise<ProbeReport> {
  const rows = await deps.db
    .em()
    .execute<{ id: EndpointRow['id'] }[]>(
      `select e.id from endpoints e join servers s on s.id = e.server_id where s.state <> 'disabled' order by e.id`,
    )
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
    return { kind: 'down', reason: error instanceof Error ? error.message : 'it failed' }
  }
}

/** The server's row is locked, so that of two rounds at once only one sees it go down or come back. */
async function record(
  deps: ProbeServersDeps,
  em: EntityManager,
  { id, serverId }: EndpointRow,
  outcome: Outcome,
): Promise<void> {
  const server = await em.findOneOrFail(ServerEntity, { id: serverId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  const wasDown = await isServerDown(em, serverId)
  const now = deps.clock.now()
  await writeHealth(em, id, outcome, now)
  const isDown = await isServerDown(em, serverId)
  if (wasDown === isDown || server.state === 'disabled') return
  if (isDown) {
    // A draining server stays so: it must not come back open to newcomers.
    await em.nativeUpdate(ServerEntity, { id: serverId, state: 'active' }, { state: 'down' })
    const reason = outcome.kind === 'down' ? outcome.reason.slice(0, 300) : ''
    await tellStaff(deps, em, { kind: 'server_down', serverName: server.name, reason }, now)
  } else {
    await em.nativeUpdate(ServerEntity, { id: serverId, state: 'down' }, { state: 'active' })
    await tellStaff(deps, em, { kind: 'server_up', serverName: server.name }, now)
    await hurryAccesses(deps, em, serverId, now)
  }
}

/** A place is down when none of its ways in answers. */
async function isServerDown(em: EntityManager, serverId: EndpointRow['serverId']): Promise<boolean> {
  const [row] = await em.execute<{ is_down: boolean | null }[]>(
    'select bool_and(failures >= ?) as is_down from endpoints where server_id = ?',
    [failuresUntilDown, serverId],
  )
  return row?.is_down === true
}

async function writeHealth(em: EntityManager, id: EndpointRow['id'], outcome: Outcome, now: Date): Promise<void> {
  const round = (percent: number | null) => (percent === null ? null : Math.round(percent))
  const up = outcome.kind === 'up' ? outcome : null
  const figures = {
    online: up?.online ?? null,
    cpuPercent: round(up?.cpuPercent ?? null),
    memoryPercent: round(up?.memoryPercent ?? null),
  }
  await em.execute(
    `update endpoints set health = ?, health_reason = ?, probed_at = ?, failures = ${outcome.kind === 'down' ? 'failures + 1' : '0'},
       version = coalesce(?, version), online = ?, cpu_percent = ?, memory_percent = ? where id = ?`,
    [
      outcome.kind,
      outcome.kind === 'up' ? null : outcome.reason.slice(0, 300),
      now,
      up?.version ?? null,
      figures.online,
      figures.cpuPercent,
      figures.memoryPercent,
      id,
    ],
  )
  await em.insert(ServerStatEntity, { endpointId: id, at: now, isUp: outcome.kind !== 'down', ...figures })
}
