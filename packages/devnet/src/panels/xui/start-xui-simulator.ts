import type { Socket } from 'node:net'
import type { Clock } from '@vpn-kiosk/domain'
import { createAuthentication } from './authentication.ts'
import { clientsOf, type PanelAccount } from './clients.ts'
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
  changeInbound,
  createPanelState,
  cutInCounters,
  deleteInbound,
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
  /** Switches the counters' row off and leaves the client on: nobody lets it in. */
  cutInCounters(email: string): void
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

const prefix = '/shop-panel/'

/** Starts a simulated 3X-UI panel on loopback: stateful, as strict as the real one, and with its traps. */
export async function startXuiSimulator(options: XuiSimulatorOptions): Promise<XuiSimulator> {
  const isModern = options.generation === 'modern'
  const { app, state, authentication, faults, xray } = createPanel(options)
  addForeignClient(state, 'admin-phone', [...state.inbounds.keys()][0] ?? 1, isModern)
  const line = cutLine()
  app.server.on('connection', line.accept)
  const origin = await app.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  return {
    url: origin + prefix,
    username: authentication.username,
    get password() {
      return authentication.password
    },
    token: authentication.token,
    inboundIds: [...state.inbounds.keys()],
    ...clientsOf(state),
    addForeignClient: (email, inboundId = 1) => addForeignClient(state, email, inboundId, isModern),
    cutInCounters: (email) => cutInCounters(state, email),
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
    changeInbound: (id, change) => changeInbound(state, id, change),
    deleteInbound: (id) => deleteInbound(state, id),
    saveCopy: () => backUpPanel(state),
    restartCore: () => restartCore(state),
    restarts: () => state.restarts,
    failNext: faults.failNext,
    clearFaults: faults.clear,
    close: () => app.close(),
  }
}

/** The parts of a panel that nobody can reach yet. Its version decides about its traps. */
function createPanel(options: XuiSimulatorOptions) {
  const { clock, tls, generation, inbounds = seedInbounds() } = options
  const isModern = generation === 'modern'
  const version = options.version ?? (isModern ? '3.6.0' : '2.8.11')
  const number = Number.parseFloat(version)
  const usesCsrf = options.csrf ?? number >= 3
  const state = createPanelState(clock, inbounds)
  const authentication = createAuthentication(clock, { usesCsrf })
  const faults = createPanelFaults()
  const xray = { state: 'running' }
  const panelVersion = isModern ? version : undefined
  const app = createPanelServer({ prefix, usesCsrf, panelVersion, state, authentication, faults, xray, tls })
  if (isModern) {
    addModernRoutes(app, prefix, state, createModernClients(state, number), reply)
  } else addLegacyRoutes(app, prefix, state, reply, { appendsDuplicates: number >= 3 })
  return { app, state, authentication, faults, xray }
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
