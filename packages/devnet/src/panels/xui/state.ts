import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '@vpn-kiosk/domain'

/** A client in an inbound's settings, as the panel's JSON has it. */
export type SimClient = Record<string, unknown> & { email: string }

export interface SimInbound {
  readonly id: number
  remark: string
  enable: boolean
  listen: string
  port: number
  protocol: string
  tag: string
  /** A JSON text, as in the panel's database: read, changed and written back whole. */
  settings: string
  streamSettings: string
  sniffing: string
  /** Unix ms; absent or 0 = never. */
  expiryTime?: number
  /** Bytes; absent or 0 = unlimited. */
  total?: number
  up?: number
  down?: number
  disableFlow?: boolean
}

/** A row of the counters' table; one an email. Bytes, unix ms. */
export interface SimStat {
  id: number
  inboundId: number
  email: string
  enable: boolean
  up: number
  down: number
  total: number
  expiryTime: number
  reset: number
  lastOnline: number
}

/** A row of the client table that panels have from 3.1 on. */
export interface SimRecord {
  id: number
  client: SimClient
  inboundIds: number[]
}

export type SimHosts = Record<string, unknown> & { inboundIds: number[] }

export interface PanelState {
  readonly clock: Clock
  readonly inbounds: Map<number, SimInbound>
  readonly stats: Map<string, SimStat>
  readonly records: Map<string, SimRecord>
  /** Addresses that customers connect to, from 3.4 on. */
  readonly hosts: SimHosts[]
  /** UUIDs and emails of those who are connected; a cut does not end them, a restart of the core does. */
  streams: { readonly uuid: string; readonly email: string }[]
  /** When the core was started, and how often that was asked for. */
  runningSince: Date
  restarts: number
  nextId: number
}

export const createPanelState = (clock: Clock, inbounds: readonly SimInbound[]): PanelState => ({
  clock,
  inbounds: new Map(inbounds.map((inbound) => [inbound.id, { ...inbound }])),
  stats: new Map(),
  records: new Map(),
  hosts: [],
  streams: [],
  runningSince: clock.now(),
  restarts: 0,
  nextId: 1,
})

/** What the panel tells the caller, in brackets after a localised text. Its error texts end with a line break. */
export class PanelSays extends Error {
  override readonly name = 'PanelSays'
}

export function getInbound(state: PanelState, id: number): SimInbound {
  const inbound = state.inbounds.get(id)
  if (inbound === undefined) throw new PanelSays('record not found')
  return inbound
}

const readSettings = (inbound: SimInbound): Record<string, unknown> & { clients: SimClient[] } =>
  JSON.parse(inbound.settings)
export const readClients = (inbound: SimInbound): SimClient[] => readSettings(inbound).clients ?? []

/**
 * Reads an inbound's settings, changes them and writes them back, with time in between for somebody else to do the
 * same: the later one wins. Panels from 3.1 on hold a lock around this, older ones do not.
 */
export async function rewriteClients(
  inbound: SimInbound,
  change: (clients: SimClient[]) => SimClient[],
): Promise<void> {
  const settings = readSettings(inbound)
  const clients = change(settings.clients ?? [])
  await delay(3)
  inbound.settings = JSON.stringify({ ...settings, clients }, null, 2)
}

/** What the panel shows as a client's flow: that of the first inbound where it has one, whatever its own row says. */
export const effectiveFlow = (state: PanelState, { client, inboundIds }: SimRecord): string =>
  inboundIds
    .flatMap((id) => state.inbounds.get(id) ?? [])
    .flatMap(readClients)
    .filter(({ email }) => email === client.email)
    .map(({ flow }) => String(flow ?? ''))
    .find((flow) => flow !== '') ?? ''

/** As the panel does when an inbound's form is saved: whoever is not in its clients any more is not attached to it. */
export function changeInbound(state: PanelState, id: number, change: Partial<Omit<SimInbound, 'id'>>): void {
  const inbound = Object.assign(getInbound(state, id), change)
  if (change.settings === undefined) return
  const emails = new Set(readClients(inbound).map(({ email }) => email))
  for (const record of state.records.values())
    if (!emails.has(record.client.email)) record.inboundIds = record.inboundIds.filter((other) => other !== id)
}

/** Leaves the counters' row switched off beside a client that is on: nobody lets it in. */
export function cutInCounters(state: PanelState, email: string): void {
  const stat = state.stats.get(email)
  if (stat === undefined) throw new Error(`the panel counts nothing for ${email}`)
  stat.enable = false
}

export function addStat(state: PanelState, inboundId: number, client: SimClient): void {
  if (state.stats.has(client.email)) return
  state.stats.set(client.email, {
    id: state.nextId++,
    inboundId,
    email: client.email,
    up: 0,
    down: 0,
    lastOnline: 0,
    ...statFields(client),
  })
}

export function updateStat(state: PanelState, email: string, client: SimClient): void {
  const stat = state.stats.get(email)
  if (stat === undefined) return
  state.stats.delete(email)
  state.stats.set(client.email, { ...stat, email: client.email, ...statFields(client) })
}

const statFields = (client: SimClient) => ({
  enable: client.enable === true,
  total: Number(client.totalGB ?? 0),
  expiryTime: Number(client.expiryTime ?? 0),
  reset: Number(client.reset ?? 0),
})

/** The panel's poll: whoever is out of time or traffic is cut. Newer panels write it into the client, older only into the counters. */
export function cutDepleted(state: PanelState): void {
  const now = state.clock.now().getTime()
  for (const inbound of state.inbounds.values()) {
    const { expiryTime = 0, total = 0, up = 0, down = 0 } = inbound
    if ((expiryTime > 0 && expiryTime <= now) || (total > 0 && up + down >= total)) inbound.enable = false
  }
  for (const stat of state.stats.values()) {
    const depleted =
      (stat.total > 0 && stat.up + stat.down >= stat.total) || (stat.expiryTime > 0 && stat.expiryTime <= now)
    if (!depleted || !stat.enable) continue
    stat.enable = false
    const record = state.records.get(stat.email)
    if (record === undefined) continue
    record.client.enable = false
    for (const id of record.inboundIds) switchOff(state.inbounds.get(id), stat.email)
  }
}

function switchOff(inbound: SimInbound | undefined, email: string): void {
  if (inbound === undefined) return
  const settings = readSettings(inbound)
  for (const client of settings.clients) if (client.email === email) client.enable = false
  inbound.settings = JSON.stringify(settings, null, 2)
}

/** Whether Xray would let a VLESS client with this UUID in. */
export function canConnect(state: PanelState, uuid: string): boolean {
  cutDepleted(state)
  return [...state.inbounds.values()].some(
    (inbound) =>
      inbound.enable &&
      readClients(inbound).some(
        (client) => client.id === uuid && client.enable === true && state.stats.get(client.email)?.enable !== false,
      ),
  )
}

/** A client that the panel's admin made by hand. */
export function addForeignClient(state: PanelState, email: string, inboundId: number, isModern: boolean): void {
  const inbound = getInbound(state, inboundId)
  const client: SimClient = {
    email,
    id: randomUUID(),
    subId: randomBytes(8).toString('hex'),
    flow: '',
    enable: true,
    totalGB: 0,
    expiryTime: 0,
    limitIp: 0,
    tgId: 0,
    reset: 0,
    comment: 'made by hand',
    group: 'family',
  }
  const settings = readSettings(inbound)
  inbound.settings = JSON.stringify({ ...settings, clients: [...settings.clients, client] }, null, 2)
  addStat(state, inboundId, client)
  if (isModern) state.records.set(email, { id: state.nextId++, client, inboundIds: [inboundId] })
}

/** Every version has this call, and after it nobody is connected any more. */
export function restartCore(state: PanelState): void {
  state.streams = []
  state.runningSince = state.clock.now()
  state.restarts += 1
}

/** What the panel's own backup holds; putting it back restarts the core, as the panel does. */
export function backUpPanel(state: PanelState): () => void {
  const { inbounds, stats, records } = structuredClone({
    inbounds: state.inbounds,
    stats: state.stats,
    records: state.records,
  })
  return () => {
    const copies = structuredClone({ inbounds, stats, records })
    replaceAll(state.inbounds, copies.inbounds)
    replaceAll(state.stats, copies.stats)
    replaceAll(state.records, copies.records)
    restartCore(state)
  }
}

function replaceAll<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  target.clear()
  for (const [key, value] of source) target.set(key, value)
}

/** As the panel does: its clients are taken off it first, and stay where else they are. */
export function deleteInbound(state: PanelState, id: number): void {
  state.inbounds.delete(id)
  for (const record of state.records.values()) record.inboundIds = record.inboundIds.filter((other) => other !== id)
}
