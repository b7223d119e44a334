import { canConnect, cutDepleted, type PanelState, readClients } from './state.ts'

/** One client as the panel holds it, for tests and for a page. */
export interface PanelAccount {
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

/** What can be seen of the panel's clients, and what they do. */
export const clientsOf = (state: PanelState) => ({
  accounts: () => listAccounts(state),
  countEntries: (email: string) =>
    Math.max(
      ...[...state.inbounds.values()].map(
        (inbound) => readClients(inbound).filter((client) => client.email === email).length,
      ),
    ),
  rawClient: (email: string) =>
    [...state.inbounds.values()].flatMap(readClients).find((client) => client.email === email) ?? null,
  addTraffic: (email: string, uploadBytes: number, downloadBytes: number) =>
    addTraffic(state, email, uploadBytes, downloadBytes),
  canConnect: (uuid: string) => canConnect(state, uuid),
  openStream: (uuid: string) => openStream(state, uuid),
  streams: () => state.streams.map((stream) => stream.uuid),
})

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
