import {
  type AccountId,
  type AccountSpec,
  type AccountState,
  type AccountUsage,
  type Clock,
  type Credentials,
  type EndpointCause,
  type EndpointHealth,
  EndpointRefused,
  isAccountId,
  isBefore,
  type VpnDriver,
} from '@vpn-kiosk/domain'
import { wireguardConf, wireguardFileName } from '../documents/wireguard-conf.ts'
import { isDeviceAddress } from './address-pool.ts'
import { findValue, getRows, openHost, type Row, type WireguardHost } from './host.ts'
import { fieldForms, type HostField } from './host-protocol.ts'
import type { WireguardSecrets, WireguardSettings } from './settings.ts'

export interface WireguardContext {
  readonly settings: WireguardSettings
  readonly secrets: WireguardSecrets
  readonly clock: Clock
}

/**
 * One WireGuard interface on a plain server, over SSH.
 *
 * WireGuard knows no disabled account: one that is disabled or has run out is absent from the interface and the file.
 */
export function openWireguardDriver({ settings, secrets, clock }: WireguardContext): VpnDriver {
  const host = openHost(settings, secrets)
  const where = `${settings.interface} on ${settings.host}`
  return {
    id: 'wireguard',
    protocols: ['wireguard'],
    async ensureAccount(spec) {
      const device = readDevice(spec, settings)
      const entitled = spec.enabled && (spec.expiresAt === null || isBefore(clock.now(), spec.expiresAt))
      const fields = { account: checked('account', spec.account), 'public-key': device.publicKey }
      const reply = entitled
        ? await host.ask('ensure', { ...fields, 'preshared-key': device.presharedKey, address: device.address })
        : await host.ask('remove', fields)
      getRows(reply, where)
      return credentialsOf(spec, device, settings)
    },
    async removeAccount(account) {
      getRows(await host.ask('remove', { account: checked('account', account) }), where)
    },
    async *listAccounts() {
      for (const row of getRows(await host.ask('peers'), where)) {
        const peer = readPeer(row)
        if (peer) yield peer.state
      }
    },
    async *readUsage() {
      for (const row of getRows(await host.ask('peers'), where)) {
        const peer = readPeer(row)
        if (peer) yield peer.usage
      }
    },
    probe: () => probe(host, settings, where),
    close: () => host.close(),
  }
}

interface Device {
  readonly privateKey: string
  readonly publicKey: string
  readonly presharedKey: string
  readonly address: string
}

function checked(field: HostField, value: string | null | undefined, name: string = field): string {
  if (typeof value === 'string' && fieldForms[field].test(value)) return value
  throw new EndpointRefused(`WireGuard: ${name} is malformed or missing.`)
}

function readDevice(spec: AccountSpec, settings: WireguardSettings): Device {
  const address = checked('address', spec.address)
  if (!isDeviceAddress(address, settings.subnet, settings.serverAddress))
    throw new EndpointRefused(`WireGuard: the address ${address} is not a device's address in ${settings.subnet}.`)
  return {
    privateKey: checked('public-key', spec.secrets.privateKey, 'privateKey'),
    publicKey: checked('public-key', spec.secrets.publicKey, 'publicKey'),
    presharedKey: checked('preshared-key', spec.secrets.presharedKey, 'presharedKey'),
    address,
  }
}

function credentialsOf(spec: AccountSpec, device: Device, settings: WireguardSettings): Credentials {
  const { endpointHost, endpointPort, serverPublicKey, dns, mtu } = settings
  const body = wireguardConf({ ...device, endpointHost, endpointPort, serverPublicKey, dns, mtu })
  const name = `${wireguardFileName(spec.label, spec.account)}.conf`
  return { documents: [{ kind: 'file', name, mediaType: 'text/plain; charset=utf-8', body }] }
}

/** Reads `peer <account> live|file <rx> <tx> <latest handshake>`; what the server received is what the customer sent. */
export function readPeer(row: Row): { readonly state: AccountState; readonly usage: AccountUsage } | null {
  const [kind, account, place, received = '', sent = '', handshake = ''] = row
  if (kind !== 'peer' || account === undefined || !isAccountId(account)) return null
  if (![received, sent, handshake].every((text) => /^\d{1,20}$/.test(text))) return null
  const seconds = Number(handshake)
  return {
    // A peer that stands in the file only comes back with the next restart: present, but not let in.
    state: { account: account satisfies AccountId, enabled: place === 'live', differencesFrom: () => [] },
    usage: {
      account,
      uploadBytes: BigInt(received),
      downloadBytes: BigInt(sent),
      lastSeenAt: seconds > 0 ? new Date(seconds * 1000) : null,
    },
  }
}

async function probe(host: WireguardHost, settings: WireguardSettings, where: string): Promise<EndpointHealth> {
  const reply = await host.ask('probe')
  if (reply.kind === 'error' && (reply.code === 'no-interface' || reply.code === 'no-config'))
    return broken(reply.code === 'no-interface' ? 'interface_missing' : 'config_missing', where, reply.sentence)
  const rows = getRows(reply, where)
  if (findValue(rows, 'public-key') !== settings.serverPublicKey)
    return broken('server_key_changed', where, "the server's key is not the one that customers were given")
  if (findValue(rows, 'link') === 'down') return broken('interface_down', where, 'the interface is down')
  return { kind: 'up', version: findValue(rows, 'version') ?? '', online: readCount(rows, 'online'), ...readLoad(rows) }
}

const broken = (code: EndpointCause, where: string, sentence: string): EndpointHealth => ({
  kind: 'degraded',
  reason: `${where}: ${sentence}.`,
  problems: [{ code, detail: where }],
  takesNewcomers: false,
})

const readNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null
const readCount = (rows: readonly Row[], name: string): number | null => readNumber(findValue(rows, name) ?? undefined)
const percent = (part: number, whole: number): number => Math.min(100, Math.round((part / whole) * 100))

/** The load average of one minute over the processors, and the memory that is not available to new programs. */
function readLoad(rows: readonly Row[]): { cpuPercent: number | null; memoryPercent: number | null } {
  const [load, processors] = (rows.find((row) => row[0] === 'load') ?? []).slice(1).map(readNumber)
  const [total, available] = (rows.find((row) => row[0] === 'memory') ?? []).slice(1).map(readNumber)
  return {
    cpuPercent: typeof load === 'number' && processors ? percent(load, processors) : null,
    memoryPercent: total && typeof available === 'number' ? percent(total - available, total) : null,
  }
}
