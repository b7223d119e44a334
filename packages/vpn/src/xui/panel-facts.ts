import type { EndpointHealth } from '@vpn-kiosk/domain'
import type { Generation, XuiSettings } from './config.ts'
import { PanelDoorClosed, PanelRefusal } from './panel-error.ts'
import type { PanelSession } from './panel-session.ts'
import { emailsSchema, readAs, type ServerStatus, serverStatusSchema } from './wire.ts'

export interface PanelFacts {
  readonly generation: Generation
  readonly status: ServerStatus
  /** `3.6.0`, or what is known of a legacy panel, which does not tell its version. */
  readonly version: string
  /** Whether the panel has a table of the addresses that customers connect to (3.4 and later). */
  readonly hasManagedHosts: boolean
}

/** Asks the panel what it is. From 3.1 on its status carries its version. */
export async function readPanelFacts(session: PanelSession, settings: XuiSettings): Promise<PanelFacts> {
  const status = readAs(serverStatusSchema, await askStatus(session), 'status')
  const generation = settings.generation ?? (status.panelVersion === undefined ? 'legacy' : 'modern')
  const version = status.panelVersion ?? `2.4–3.0, xray ${status.xray.version}`
  return { generation, status, version, hasManagedHosts: isSince(status.panelVersion, 3, 4) }
}

function isSince(version: string | undefined, major: number, minor: number): boolean {
  const [ours = 0, part = 0] = (version ?? '').split('.').map(Number)
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

export async function readHealth(session: PanelSession, facts: PanelFacts): Promise<EndpointHealth> {
  const { xray, cpu, mem } = facts.status
  if (xray.state !== 'running') {
    const detail = `${xray.state} ${xray.errorMsg}`.trim()
    return {
      kind: 'degraded',
      reason: `xray: ${detail}`,
      problems: [{ code: 'core_stopped', detail }],
      takesNewcomers: false,
    }
  }
  return {
    kind: 'up',
    version: facts.version,
    online: await countOnline(session, facts.generation),
    cpuPercent: cpu ?? null,
    memoryPercent: mem && mem.total > 0 ? (mem.current / mem.total) * 100 : null,
  }
}

/** Null where this panel cannot tell; health does not hang on it. */
async function countOnline(session: PanelSession, generation: Generation): Promise<number | null> {
  const path = generation === 'modern' ? 'panel/api/clients/onlines' : 'panel/api/inbounds/onlines'
  try {
    return readAs(emailsSchema, await session.call({ method: 'POST', path, json: {} }), 'list of who is online').length
  } catch (error) {
    if (error instanceof PanelRefusal || error instanceof PanelDoorClosed) return null
    throw error
  }
}
