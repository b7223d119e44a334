import { type EndpointConfig, type EndpointDiscovery, EndpointRefused } from '@vpn-kiosk/domain'
import ipaddr from 'ipaddr.js'
import { findValue, getRows, openHost, type Row } from './host.ts'
import { readReach, readSecrets, type WireguardReach } from './settings.ts'
import { readHostKey } from './ssh-link.ts'

/**
 * Looks at a server in two steps. Without `hostKey`: reads the key the server presents and hangs up before anything of
 * ours is sent, so that the admin can confirm it. With `hostKey`: logs in and reads the interface.
 */
export async function discoverWireguard(config: EndpointConfig): Promise<EndpointDiscovery> {
  const reach = readReach(config)
  const { hostKey } = reach
  if (hostKey === undefined) {
    const key = await readHostKey(reach.host, reach.port)
    return {
      facts: { hostKey: key.fingerprint, hostKeyType: key.type },
      choices: [],
      questions: [],
      problems: [],
      found: { hostKey: key.fingerprint },
    }
  }
  const host = openHost({ ...reach, hostKey }, readSecrets(config))
  try {
    const rows = getRows(await host.ask('facts'), `${reach.interface} on ${reach.host}`)
    return findValue(rows, 'public-key') === null ? offerInterfaces(reach, rows) : describe(reach, hostKey, rows)
  } finally {
    await host.close()
  }
}

function offerInterfaces(reach: WireguardReach, rows: readonly Row[]): EndpointDiscovery {
  const names = rows.filter((row) => row[0] === 'interface').flatMap((row) => row[1] ?? [])
  if (names.length === 0)
    throw new EndpointRefused(
      `${reach.host} runs no WireGuard interface: start one, e.g. systemctl enable --now wg-quick@${reach.interface}.`,
    )
  return {
    facts: { wireguard: findValue(rows, 'version') ?? '', interface: `${reach.interface} is not running` },
    choices: names.map((value) => ({ setting: 'interface', value, label: value })),
    questions: [],
    problems: [{ code: 'interface_missing', detail: reach.interface }],
    found: { hostKey: reach.hostKey },
  }
}

function describe(reach: WireguardReach, hostKey: string, rows: readonly Row[]): EndpointDiscovery {
  const value = (name: string): string => findValue(rows, name) ?? ''
  if (value('config') === '')
    throw new EndpointRefused(
      `${reach.host} has no file ${reach.configPath}: peers would be lost with the next restart.`,
    )
  if (value('save-config') === 'on')
    throw new EndpointRefused(
      `${reach.configPath} says SaveConfig = true, which rewrites the file without our marks: take the line out.`,
    )
  const [serverAddress = '', prefix = ''] = value('address').split('/')
  if (prefix === '') throw new EndpointRefused(`${reach.interface} on ${reach.host} has no IPv4 address.`)
  const endpointPort = Number(value('listen-port'))
  return {
    facts: {
      wireguard: value('version'),
      interface: `${reach.interface} :${endpointPort}`,
      subnet: value('address'),
      peers: value('peers'),
    },
    choices: [],
    questions: [],
    problems: [],
    found: {
      hostKey,
      serverPublicKey: value('public-key'),
      endpointHost: reach.host,
      endpointPort,
      subnet: `${ipaddr.IPv4.networkAddressFromCIDR(value('address'))}/${prefix}`,
      serverAddress,
      configPath: value('config'),
    },
  }
}
