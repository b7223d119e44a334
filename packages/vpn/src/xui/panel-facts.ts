import { addMs, type EndpointHealth, type EndpointProblem, EndpointUnreachable } from '@vpn-kiosk/domain'
import { describeProblem } from './account-store.ts'
import { PanelDoorClosed, PanelRefusal } from './panel-answers.ts'
import type { PanelSession } from './panel-session.ts'
import type { ServedInbounds } from './served-inbounds.ts'
import type { Generation, XuiSettings } from './settings.ts'
import { emailsSchema, readAs, type ServerStatus, serverStatusSchema } from './wire.ts'

/** What calls to a panel need to know of it. */
export interface PanelTraits {
  readonly generation: Generation
  /** Whether the panel has a table of the addresses that customers connect to (3.4 and later). */
  readonly hasManagedHosts: boolean
  /** Whether a repeated add leaves two entries (3.1–3.4). */
  readonly appendsDuplicates: boolean
}

export interface PanelFacts extends PanelTraits {
  readonly status: ServerStatus
  /** `3.6.0`, or what is known of a legacy panel, which does not tell its version. */
  readonly version: string
}

/** Asks the panel what it is. From 3.1 on its status carries its version. */
export async function readPanelFacts(session: PanelSession, settings: XuiSettings): Promise<PanelFacts> {
  const facts = await findPanelFacts(session, settings)
  if (facts === null)
    throw new EndpointUnreachable('the panel has just started and has no status yet', { code: 'busy' })
  return facts
}

/**
 * For calls that cannot wait. A panel that has just started has no status: for two seconds, and for half a minute where
 * its questions after its own address are not answered. It is then taken for what its doors show, and, where those do
 * not tell, for what needs the more care.
 */
export async function readPanelTraits(
  session: PanelSession,
  settings: XuiSettings,
): Promise<PanelTraits & { readonly isSure: boolean }> {
  const facts = await findPanelFacts(session, settings)
  if (facts !== null) return { ...facts, isSure: true }
  const generation = settings.generation ?? ((await hasModernDoors(session)) ? 'modern' : 'legacy')
  return { generation, hasManagedHosts: true, appendsDuplicates: true, isSure: false }
}

async function hasModernDoors(session: PanelSession): Promise<boolean> {
  try {
    await session.call({ method: 'POST', path: 'panel/api/clients/onlines', json: {} })
    return true
  } catch (error) {
    if (error instanceof PanelDoorClosed) return false
    if (error instanceof PanelRefusal) return true
    throw error
  }
}

/** Null while there is no status. */
async function findPanelFacts(session: PanelSession, settings: XuiSettings): Promise<PanelFacts | null> {
  const answer = await askStatus(session)
  if (answer === null) return null
  const status = readAs(serverStatusSchema, answer, 'status')
  const { panelVersion } = status
  const generation = settings.generation ?? (panelVersion === undefined ? 'legacy' : 'modern')
  return {
    generation,
    status,
    version: panelVersion ?? `2.4–3.0, xray ${status.xray.version}`,
    hasManagedHosts: isSince(panelVersion, 3, 4),
    appendsDuplicates: !isSince(panelVersion, 3, 5),
  }
}

function isSince(version: string | undefined, major: number, minor: number): boolean {
  const [ours = 0, part = 0] = (version ?? '').replace(/^v/, '').split('.').map(Number)
  return ours > major || (ours === major && part >= minor)
}

/** Up to 2.6 the status was under another address. */
async function askStatus(session: PanelSession): Promise<unknown> {
  try {
    return await session.call({ method: 'GET', path: 'panel/api/server/status' })
  } catch (error) {
    if (!(error instanceof PanelDoorClosed) || error.status === 403) throw error
    return await session.call({ method: 'POST', path: 'server/status', json: {} }).catch(() => {
      throw error
    })
  }
}

/** Of the core and of what is sold: a panel that answers while its inbounds do not let anybody in is not up. */
export async function readHealth(
  session: PanelSession,
  facts: PanelFacts,
  served: ServedInbounds,
  { documentsKey, now }: { readonly documentsKey: string; readonly now: Date },
): Promise<EndpointHealth> {
  const { xray, cpu, mem, appStats } = facts.status
  const isRunning = xray.state === 'running'
  const stopped: EndpointProblem[] = isRunning
    ? []
    : [{ code: 'core_stopped', detail: `${xray.state} ${xray.errorMsg}`.trim().slice(0, 200) }]
  const problems = [...stopped, ...served.problems]
  const figures = {
    version: facts.version,
    online: await countOnline(session, facts.generation),
    cpuPercent: cpu ?? null,
    memoryPercent: mem && mem.total > 0 ? (mem.current / mem.total) * 100 : null,
    runningSince: isRunning && appStats ? addMs(now, -appStats.uptime * 1000) : null,
    documentsKey,
  }
  if (problems.length === 0) return { kind: 'up', ...figures }
  return {
    kind: 'degraded',
    reason: problems.map(describeProblem).join(', '),
    problems,
    takesNewcomers: isRunning && served.working.length > 0,
    ...figures,
  }
}

const countOnline = async (session: PanelSession, generation: Generation): Promise<number | null> =>
  (await readOnline(session, generation))?.length ?? null

/** Null where this panel cannot tell; health does not hang on it. */
export async function readOnline(session: PanelSession, generation: Generation): Promise<string[] | null> {
  const path = generation === 'modern' ? 'panel/api/clients/onlines' : 'panel/api/inbounds/onlines'
  try {
    return readAs(emailsSchema, await session.call({ method: 'POST', path, json: {} }), 'list of who is online')
  } catch (error) {
    if (error instanceof PanelRefusal || error instanceof PanelDoorClosed) return null
    throw error
  }
}
