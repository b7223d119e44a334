import type { Clock } from '@vpn-kiosk/domain'
import type { HostReply, HostRequest } from '@vpn-kiosk/vpn/wireguard-host'

/** A peer on the simulated interface. `account` is null for one that somebody else put there. */
interface SimulatedPeer {
  readonly account: string | null
  readonly publicKey: string
  readonly presharedKey: string
  readonly address: string
  /** As the server counts: received is what the customer sent. */
  readonly receivedBytes: bigint
  readonly sentBytes: bigint
  readonly lastHandshakeAt: Date | null
}

export interface PeerTable {
  answer(request: HostRequest): HostReply
  peers(): readonly SimulatedPeer[]
  /** Lets traffic pass, as the customer sees it. Throws when the account is not on the interface. */
  addTraffic(account: string, uploadBytes: number | bigint, downloadBytes: number | bigint): void
}

export interface PeerTableOptions {
  readonly clock: Clock
  readonly interface: string
  readonly publicKey: string
  readonly listenPort: number
  readonly address: string
}

const onlineMs = 180_000

/** What a WireGuard interface and its file hold, in memory, and the verbs of the host script on it. */
export function createPeerTable(options: PeerTableOptions): PeerTable {
  const table: SimulatedPeer[] = [foreignPeer(options.address)]
  const verbs: Record<HostRequest['verb'], (fields: HostRequest['fields']) => HostReply> = {
    ensure: (fields) => ensure(table, fields),
    remove: (fields) => remove(table, fields),
    peers: () => rows(table.flatMap(peerRow)),
    probe: () =>
      rows([
        ...versionRow,
        ['public-key', options.publicKey],
        ['link', 'up'],
        ['online', String(countOnline())],
        ['load', '0.12', '2'],
        ['memory', '2048000', '1331200'],
      ]),
    facts: () =>
      rows([
        ...versionRow,
        ['interface', options.interface],
        ['config', `/etc/wireguard/${options.interface}.conf`],
        ['public-key', options.publicKey],
        ['listen-port', String(options.listenPort)],
        ['peers', String(table.length)],
        ['address', options.address],
      ]),
  }
  const countOnline = (): number =>
    table.filter(
      (peer) =>
        peer.account &&
        peer.lastHandshakeAt &&
        options.clock.now().getTime() - peer.lastHandshakeAt.getTime() < onlineMs,
    ).length
  return {
    answer({ verb, fields }) {
      if (fields.interface === options.interface) return verbs[verb](fields)
      return verb === 'facts'
        ? rows([...versionRow, ['interface', options.interface]])
        : error('no-interface', `the interface ${fields.interface} is not running`)
    },
    peers: () => [...table],
    addTraffic(account, uploadBytes, downloadBytes) {
      const index = table.findIndex((peer) => peer.account === account)
      const peer = table[index]
      if (peer === undefined) throw new Error(`${account} is not on the interface`)
      const receivedBytes = peer.receivedBytes + BigInt(uploadBytes)
      table[index] = {
        ...peer,
        receivedBytes,
        sentBytes: peer.sentBytes + BigInt(downloadBytes),
        lastHandshakeAt: options.clock.now(),
      }
    },
  }
}

const versionRow = [['version', 'v1.0.20210914']]
const rows = (list: readonly (readonly string[])[]): HostReply => ({ kind: 'ok', rows: list })
const error = (code: 'address-taken' | 'key-taken' | 'bad-request' | 'no-interface', sentence: string): HostReply => ({
  kind: 'error',
  code,
  sentence,
})

/** On the last address but one, out of the way of those that are given out lowest first. */
function foreignPeer(address: string): SimulatedPeer {
  const network = address.split('.').slice(0, 2).join('.')
  const key = Buffer.alloc(32, 7).toString('base64')
  return {
    account: null,
    publicKey: key,
    presharedKey: key,
    address: `${network}.255.250`,
    receivedBytes: 0n,
    sentBytes: 0n,
    lastHandshakeAt: null,
  }
}

function ensure(table: SimulatedPeer[], fields: HostRequest['fields']): HostReply {
  const { account, address, 'public-key': publicKey, 'preshared-key': presharedKey } = fields
  if (!account || !address || !publicKey || !presharedKey) return error('bad-request', 'a field is missing')
  const others = table.filter((peer) => peer.account !== account)
  const holder = others.find((peer) => peer.publicKey === publicKey)
  if (holder) return error('key-taken', `the key belongs to ${holder.account}`)
  const neighbour = others.find((peer) => peer.address === address)
  if (neighbour)
    return error('address-taken', `${address} belongs to ${neighbour.account ?? 'a peer that is not ours'}`)
  const before = table.find((peer) => peer.account === account && peer.publicKey === publicKey)
  const fresh = { receivedBytes: 0n, sentBytes: 0n, lastHandshakeAt: null }
  table.splice(0, table.length, ...others, { ...(before ?? fresh), account, publicKey, presharedKey, address })
  return rows([])
}

function remove(table: SimulatedPeer[], { account }: HostRequest['fields']): HostReply {
  if (!account) return error('bad-request', 'account is malformed')
  table.splice(0, table.length, ...table.filter((peer) => peer.account !== account))
  return rows([])
}

function peerRow(peer: SimulatedPeer): string[][] {
  if (peer.account === null) return []
  const seconds = peer.lastHandshakeAt === null ? 0 : Math.floor(peer.lastHandshakeAt.getTime() / 1000)
  return [['peer', peer.account, 'live', String(peer.receivedBytes), String(peer.sentBytes), String(seconds)]]
}
