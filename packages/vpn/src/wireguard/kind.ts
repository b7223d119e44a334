import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { DriverKind } from '@vpn-kiosk/domain'
import { listAddresses } from './address-pool.ts'
import { discoverWireguard } from './discover.ts'
import { openWireguardDriver } from './driver.ts'
import { assertDialable, readReach, readSecrets, readSettings } from './settings.ts'

/** WireGuard on a plain server over SSH: keys of ours, one access a device, no quota or expiry of its own. */
export const createWireguardKind = (): DriverKind => ({
  id: 'wireguard',
  protocols: ['wireguard'],
  accountPer: 'device',
  parse: (config) => {
    const settings = readSettings(config)
    assertDialable(settings)
    return { settings: present(settings), secrets: present(readSecrets(config)) }
  },
  identify: ({ settings }) => {
    const { host, port, interface: name } = readReach({ settings, secrets: {} })
    return `${host.toLowerCase()}:${port}/${name}`
  },
  addressPool: (config) => {
    const { subnet, serverAddress } = readSettings(config)
    return { [Symbol.iterator]: () => listAddresses(subnet, serverAddress) }
  },
  mintSecrets: mintWireguardKeys,
  discover: discoverWireguard,
  open: (config, { clock }) =>
    openWireguardDriver({ settings: readSettings(config), secrets: readSecrets(config), clock }),
})

const present = <V>(record: Readonly<Record<string, V | undefined>>): Record<string, V> =>
  Object.fromEntries(Object.entries(record).filter((entry): entry is [string, V & {}] => entry[1] !== undefined))

/** What one WireGuard device owns: 32 bytes each, base64 with padding, 44 characters. */
type WireguardKeys = Readonly<Record<'privateKey' | 'publicKey' | 'presharedKey', string>>

const base64 = (jwk: string | undefined): string => Buffer.from(jwk ?? '', 'base64url').toString('base64')

/** A new Curve25519 pair and a preshared key. Node's x25519 private keys are clamped already, as `wg genkey`'s are. */
function mintWireguardKeys(): WireguardKeys {
  const jwk = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
  return { privateKey: base64(jwk.d), publicKey: base64(jwk.x), presharedKey: randomBytes(32).toString('base64') }
}
