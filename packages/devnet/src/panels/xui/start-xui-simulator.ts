import type { Socket } from 'node:net'
import type { Clock } from '@vpn-kiosk/domain'
import { createAuthentication } from './authentication.ts'
import { createPanelFaults, type PanelFaults } from './faults.ts'
import { addLegacyRoutes } from './legacy-routes.ts'
import { createModernClients } from './modern-clients.ts'
import { addModernRoutes } from './modern-routes.ts'
import { reply } from './reply.ts'
import { seedInbounds } from './seed-inbounds.ts'
import { createPanelServer } from './server.ts'
import {
  addForeignClient,
  backUpPanel,
  canConnect,
  createPanelState,
  cutDepleted,
  deleteInbound,
  getInbound,
  type PanelState,
  readClients,
  restartCore,
  type SimHosts,
  type SimInbound,
} from './state.ts'

export interface XuiSimulatorOptions {
  readonly clock: Clock
  readonly generation: 'legacy' | 'modern'
  /** The version it plays; decides about its traps. Default 2.8.11 or 3.6.0. */
  readonly version?: string
  /** Whether login wants a CSRF token (3.0 and later). Default: by the version. */
  readonly csrf?: boolean
  readonly port?: number
  readonly inbounds?: readonly SimInbound[]
  /** Ends TLS itself, with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** One client as the panel holds it, for tests and for a page. */
interface PanelAccount {
  readonly email: string
  readonly uuid: string
  readonly subId: string
  readonly inboundIds: readonly number[]
  /** False when switched off, or cut off by its own limits. */
  readonly enabled: boolean
  readonly uploadBytes: number
  readonly downloadBytes: number
  /** 0 = unlimited. */
  readonly limitBytes: number
  readonly expiresAt: Date | null
  readonly comment: string
}

export interface XuiSimulator extends Pick<PanelFaults, 'failNext'> {
  /** The address with the secret base path. */
  readonly url: string
  readonly username: string
  /** As it is now. */
  readonly password: string
  /** An API token; null on panels without them. */
  readonly token: string | null
  readonly inboundIds: readonly number[]
  accounts(): PanelAccount[]
  /** How often an email is listed in the inbound where it is listed most. More than once is a fault of the caller. */
  countEntries(email: string): number
  /** The client as it is written in the first inbound that has it, every field; null when absent. */
  rawClient(email: string): Record<string, unknown> | null
  addTraffic(email: string, uploadBytes: number, downloadBytes: number): void
  /** Whether Xray would let this VLESS client in. */
  canConnect(uuid: string): boolean
  addForeignClient(email: string, inboundId?: number): void
  /** Puts addresses for customers before inbounds, as the panel's `hosts/add` takes them (3.4 and later). */
  addHosts(hosts: SimHosts): void
  setDown(isDown: boolean): void
  setXray(state: 'running' | 'stop' | 'error'): void
  endSessions(): void
  /** As the panel's admin does; every session ends. */
  changePassword(password: string): void
  /** Logins want a one-time code of this seed from now on; null = none. */
  setTwoFactor(seed: string | null): void
  /** How often a login was refused so far. */
  refusedLogins(): number
  /** As the panel's admin does on the inbounds' page. */
  changeInbound(id: number, change: Partial<Omit<SimInbound, 'id'>>): void
  deleteInbound(id: number): void
  /** Takes a backup; the returned function restores the panel from it and restarts the core. */
  saveCopy(): () => void
  /** Opens a connection that lasts until the core is restarted; false when nobody lets this UUID in. */
  openStream(uuid: string): boolean
  /** UUIDs of those who are connected. */
  streams(): string[]
  restartCore(): void
  /** How often the core was restarted. */
  restarts(): number
  clearFaults(): void
  close(): Promise<void>
}

/** Starts a simulated 3X-UI panel on loopback: stateful, as strict as the real one, and with its traps. */
export async function startXuiSimulator(options: XuiSimulatorOptions): Promise<XuiSimulator> {
  const version = options.version ?? (options.generation === 'modern' ? '3.6.0' : '2.8.11')
  const isModern = options.generation === 'modern'
  const usesCsrf = options.csrf ?? Number.parseFloat(version) >= 3
  const prefix = '/shop-panel/'
  const state = createPanelState(options.clock, options.inbounds ?? seedInbounds())
  const authentication = createAuthentication(options.clock, { usesCsrf })
  const faults = createPanelFaults()
  const xray = { state: 'running' }
  const app = createPanelServer({
    prefix,
    usesCsrf,
    panelVersion: isModern ? version : undefined,
    state,
    authentication,
    faults,
    xray,
    tls: options.tls,
  })
  if (isModern)
    addModernRoutes(
      app,
      prefix,
      state,
      createModernClients(state, { appendsDuplicates: Number.parseFloat(version) < 3.5 }),
      reply,
    )
  else addLegacyRoutes(app, prefix, state, reply, { appendsDuplicates: Number.parseFloat(version) >= 3 })
  addForeignClient(state, 'admin-phone', [...state.inbounds.keys()][0] ?? 1, isModern)

  const line = cutLine()
  app.server.on('connection', line.accept)
  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${prefix}`,
    username: authentication.username,
    get password() {
      return authentication.password
    },
    token: authentication.token,
    inboundIds: [...state.inbounds.keys()],
    accounts: () => listAccounts(state),
    countEntries: (email) =>
      Math.max(
        ...[...state.inbounds.values()].map(
          (inbound) => readClients(inbound).filter((client) => client.email === email).length,
        ),
      ),
    rawClient: (email) =>
      [...state.inbounds.values()].flatMap(readClients).find((client) => client.email === email) ?? null,
    addTraffic: (email, uploadBytes, downloadBytes) => addTraffic(state, email, uploadBytes, downloadBytes),
    canConnect: (uuid) => canConnect(state, uuid),
    addForeignClient: (email, inboundId = 1) => addForeignClient(state, email, inboundId, isModern),
    addHosts: (hosts) => void state.hosts.push(hosts),
    setDown: line.setDown,
    setXray: (next) => {
      xray.state = next
    },
    endSessions: authentication.endSessions,
    changePassword: authentication.changePassword,
    setTwoFactor: (seed) => {
      authentication.twoFactor = seed
    },
    refusedLogins: () => authentication.refusedLogins,
    changeInbound: (id, change) => void Object.assign(getInbound(state, id), change),
    deleteInbound: (id) => deleteInbound(state, id),
    saveCopy: () => backUpPanel(state),
    openStream: (uuid) => openStream(state, uuid),
    streams: () => state.streams.map((stream) => stream.uuid),
    restartCore: () => restartCore(state),
    restarts: () => state.restarts,
    failNext: faults.failNext,
    clearFaults: faults.clear,
    close: () => app.close(),
  }
}

function listAccounts(state: PanelState): PanelAccount[] {
  cutDepleted(state)
  const accounts = new Map<string, PanelAccount>()
  for (const inbound of state.inbounds.values()) {
    for (const client of readClients(inbound)) {
      const stat = state.stats.get(client.email)
      const before = accounts.get(client.email)
      const expiryTime = Number(client.expiryTime ?? 0)
      accounts.set(client.email, {
        email: client.email,
        uuid: String(client.id ?? ''),
        subId: String(client.subId ?? ''),
        inboundIds: [...new Set([...(before?.inboundIds ?? []), inbound.id])],
        enabled: client.enable === true && stat?.enable !== false,
        uploadBytes: stat?.up ?? 0,
        downloadBytes: stat?.down ?? 0,
        limitBytes: Number(client.totalGB ?? 0),
        expiresAt: expiryTime > 0 ? new Date(expiryTime) : null,
        comment: String(client.comment ?? ''),
      })
    }
  }
  return [...accounts.values()]
}

function addTraffic(state: PanelState, email: string, uploadBytes: number, downloadBytes: number): void {
  const stat = state.stats.get(email)
  if (stat === undefined) throw new Error(`the panel counts nothing for ${email}`)
  stat.up += uploadBytes
  stat.down += downloadBytes
  stat.lastOnline = state.clock.now().getTime()
  cutDepleted(state)
}

function openStream(state: PanelState, uuid: string): boolean {
  const client = [...state.inbounds.values()].flatMap(readClients).find((candidate) => candidate.id === uuid)
  if (client === undefined || !canConnect(state, uuid)) return false
  state.streams.push({ uuid, email: client.email })
  return true
}

/** A network cable that can be pulled: open connections break, new ones are cut at once, and the port stays ours. */
function cutLine(): { accept: (socket: Socket) => void; setDown: (isDown: boolean) => void } {
  const sockets = new Set<Socket>()
  let isDown = false
  return {
    accept: (socket) => {
      if (isDown) return void socket.destroy()
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    },
    setDown: (down) => {
      isDown = down
      if (down) for (const socket of sockets) socket.destroy()
    },
  }
}
