import type { AccountId } from '@vpn-kiosk/domain'

export interface WireguardConf {
  readonly privateKey: string
  readonly presharedKey: string
  /** The device's own address in the tunnel, IPv4. */
  readonly address: string
  readonly dns: readonly string[]
  readonly mtu: number
  readonly serverPublicKey: string
  /** A name, an IPv4 or an IPv6 address without brackets. */
  readonly endpointHost: string
  readonly endpointPort: number
}

/**
 * A device's whole configuration, as wg-quick(8) and the WireGuard apps import it, from a file or a QR code.
 *
 * `::/0` is routed into the tunnel although the device has no IPv6 address in it: otherwise IPv6 would go past the VPN.
 * The keepalive holds the mapping of a home router open.
 */
export function wireguardConf(conf: WireguardConf): string {
  const host = conf.endpointHost.includes(':') ? `[${conf.endpointHost}]` : conf.endpointHost
  const lines = [
    '[Interface]',
    `PrivateKey = ${conf.privateKey}`,
    `Address = ${conf.address}/32`,
    ...(conf.dns.length > 0 ? [`DNS = ${conf.dns.join(', ')}`] : []),
    `MTU = ${conf.mtu}`,
    '',
    '[Peer]',
    `PublicKey = ${conf.serverPublicKey}`,
    `PresharedKey = ${conf.presharedKey}`,
    'AllowedIPs = 0.0.0.0/0, ::/0',
    `Endpoint = ${host}:${conf.endpointPort}`,
    'PersistentKeepalive = 25',
  ]
  return `${lines.join('\n')}\n`
}

/**
 * The tunnel's name in the app, without the ending: the place and four characters of the account, so that two devices'
 * tunnels differ. At most 15 of `[a-z0-9-]`: wg-quick and Android make an interface of this name.
 */
export function wireguardFileName(label: string, account: AccountId): string {
  const words =
    label
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  const place = words.join('-').slice(0, 10).replace(/-$/, '')
  return `${place || 'vpn'}-${account.slice(-4)}`
}
