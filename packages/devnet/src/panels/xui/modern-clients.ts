import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import {
  addStat,
  effectiveFlow,
  getInbound,
  PanelSays,
  type PanelState,
  readClients,
  rewriteClients,
  type SimClient,
  type SimInbound,
  type SimRecord,
  type SimStat,
  updateStat,
} from './state.ts'

export interface ModernClients {
  get(email: string): SimRecord
  /** What the call for one client says of its use; older panels say nothing. */
  showUsed(stat: SimStat | undefined): object
  /** The counters' row; null where nothing is counted. */
  traffic(email: string): SimStat | null
  add(client: SimClient, inboundIds: readonly number[]): Promise<void>
  update(email: string, client: SimClient): Promise<void>
  remove(email: string, options: { readonly keepTraffic: boolean }): Promise<void>
  attach(email: string, inboundIds: readonly number[]): Promise<void>
  detach(email: string, inboundIds: readonly number[]): Promise<void>
}

/** What panels of a version (3.1 for all of 3.1.x) do unlike the newest ones. */
const traitsOf = (version: number) => ({
  /** A repeated add appends a second entry; later panels skip it, and skip as well an update that would change nothing. */
  appendsDuplicates: version < 3.5,
  /** An update of a client that is on no inbound is dropped. */
  dropsUnattached: version < 3.6,
  /** A client's own answer does not say how much it has used. */
  hidesUsed: version < 3.4,
  /** Refuses to show the counters of a client that has left the inbound where it began. */
  hidesMoved: version < 3.2,
})

/** The client table of 3.1 and later. Each change of an inbound's settings holds that inbound's lock. */
export function createModernClients(state: PanelState, version: number): ModernClients {
  const { appendsDuplicates, dropsUnattached, hidesUsed, hidesMoved } = traitsOf(version)
  const tails = new Map<number, Promise<unknown>>()
  const rewriteLocked = (
    id: number,
    change: (clients: SimClient[], inbound: SimInbound) => SimClient[],
  ): Promise<void> => {
    const turn = (tails.get(id) ?? Promise.resolve()).then(() => {
      const inbound = getInbound(state, id)
      return rewriteClients(inbound, (clients) => change(clients, inbound))
    })
    tails.set(
      id,
      turn.catch(() => undefined),
    )
    return turn
  }

  const get = (email: string): SimRecord => {
    const record = state.records.get(email)
    if (record === undefined) throw new PanelSays('record not found')
    return record
  }

  const attachOne = async (client: SimClient, id: number): Promise<void> => {
    await rewriteLocked(id, (clients, inbound) => {
      const isThere = clients.some((other) => other.email.toLowerCase() === client.email.toLowerCase())
      return isThere && !appendsDuplicates ? clients : [...clients, forInbound(client, inbound)]
    })
    addStat(state, id, client)
    const record = state.records.get(client.email) ?? { id: state.nextId++, client, inboundIds: [] }
    if (!record.inboundIds.includes(id)) record.inboundIds.push(id)
    state.records.set(client.email, record)
  }

  const detachOne = async (record: SimRecord, id: number): Promise<void> => {
    await rewriteLocked(id, (clients) => clients.filter((client) => client.email !== record.client.email))
    record.inboundIds = record.inboundIds.filter((other) => other !== id)
  }

  return {
    get,
    showUsed: (stat) => (hidesUsed ? {} : { externalLinks: [], usedTraffic: (stat?.up ?? 0) + (stat?.down ?? 0) }),
    traffic(email) {
      const stat = state.stats.get(email) ?? null
      const isOnIts = (id: number) => readClients(getInbound(state, id)).some((client) => client.email === email)
      if (stat !== null && hidesMoved && !isOnIts(stat.inboundId))
        throw new PanelSays(`Client Not Found In Inbound For Email: ${email}\n`)
      return stat
    },
    async add(client, inboundIds) {
      assertAddable(state, client, inboundIds)
      const known = state.records.get(client.email)
      const id = client.id || known?.client.id || randomUUID()
      // An add switches the client on, whatever was asked for.
      for (const inboundId of inboundIds) await attachOne({ ...client, id, enable: true }, inboundId)
    },
    async update(email, sent) {
      const record = get(email)
      if (sent.email === '') throw new PanelSays('client email is required\n')
      if (sent.email !== email && state.records.has(sent.email)) throw new PanelSays(`Duplicate email: ${sent.email}\n`)
      if (dropsUnattached && record.inboundIds.length === 0) return
      const client: SimClient = { ...sent, id: sent.id || record.client.id, subId: sent.subId || record.client.subId }
      for (const id of record.inboundIds.filter((other) => state.inbounds.has(other))) {
        const before = readClients(getInbound(state, id))
        await rewriteLocked(id, (clients, inbound) => replaceFirst(clients, email, forInbound(client, inbound)))
        const isSame = isDeepStrictEqual(before, readClients(getInbound(state, id)))
        if (appendsDuplicates || !isSame) updateStat(state, email, client)
      }
      state.records.delete(email)
      state.records.set(client.email, { ...record, client })
    },
    async remove(email, { keepTraffic }) {
      const record = state.records.get(email)
      if (record === undefined) throw new PanelSays(`client "${email}" not found in any inbound or client record`)
      for (const id of [...record.inboundIds]) await detachOne(record, id)
      state.records.delete(email)
      if (!keepTraffic) state.stats.delete(email)
    },
    async attach(email, inboundIds) {
      const record = get(email)
      const client = { ...record.client, flow: effectiveFlow(state, record) }
      for (const id of inboundIds) if (!record.inboundIds.includes(id)) await attachOne(client, id)
    },
    async detach(email, inboundIds) {
      const record = get(email)
      for (const id of inboundIds) if (record.inboundIds.includes(id)) await detachOne(record, id)
    },
  }
}

function assertAddable(state: PanelState, client: SimClient, inboundIds: readonly number[]): void {
  if (client.email === '') throw new PanelSays('client email is required\n')
  if (/[/\\\s]/.test(client.email)) throw new PanelSays(`client email contains an invalid character: ${client.email}\n`)
  if (inboundIds.length === 0) throw new PanelSays('at least one inbound is required\n')
  const known = state.records.get(client.email)
  if (known !== undefined && known.client.subId !== client.subId)
    throw new PanelSays(`email already in use: ${client.email}\n`)
  const subIdTaken = [...state.records.values()].some(
    (other) => other.client.email !== client.email && other.client.subId === client.subId,
  )
  if (subIdTaken) throw new PanelSays(`subId already in use: ${client.subId}\n`)
}

/** Vision goes with plain TCP under TLS or Reality only; elsewhere the panel drops it. */
function forInbound(client: SimClient, inbound: SimInbound): SimClient {
  const { network, security } = JSON.parse(inbound.streamSettings)
  const canFlow = network === 'tcp' && (security === 'tls' || security === 'reality')
  return canFlow ? { ...client } : { ...client, flow: '' }
}

/** An update finds the first entry with the email; a second one keeps what it has. */
function replaceFirst(clients: readonly SimClient[], email: string, client: SimClient): SimClient[] {
  const at = clients.findIndex((other) => other.email === email)
  if (at < 0) throw new PanelSays('empty client ID\n')
  return clients.map((other, index) => (index === at ? client : other))
}
