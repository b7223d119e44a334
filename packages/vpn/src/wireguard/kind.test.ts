import { createPublicKey } from 'node:crypto'
import { EndpointRefused, EndpointUnreachable } from '@vpn-kiosk/domain'
import { describe, expect, test } from 'vitest'
import { listAddresses } from './address-pool.ts'
import { readPeer } from './driver.ts'
import { getRows } from './host.ts'
import { createWireguardKind } from './kind.ts'

const wireguard = createWireguardKind()

const settings = {
  host: 'nl1.example.org',
  hostKey: `SHA256:${'a'.repeat(43)}`,
  endpointHost: '203.0.113.7',
  endpointPort: 51820,
  serverPublicKey: Buffer.alloc(32, 1).toString('base64'),
  subnet: '10.8.0.1/24',
}
const secrets = { password: 'a very long pass word' }
const refusal = (changed: Record<string, unknown>, otherSecrets: Record<string, string> = secrets): string => {
  try {
    wireguard.parse({ settings: { ...settings, ...changed }, secrets: otherSecrets })
  } catch (error) {
    if (error instanceof EndpointRefused) return error.message
    throw error
  }
  throw new Error('it was accepted')
}

describe('the settings of a WireGuard server', () => {
  test('are filled in and reduced to their plain form', () => {
    expect(wireguard.parse({ settings, secrets })).toEqual({
      settings: {
        ...settings,
        port: 22,
        username: 'root',
        interface: 'wg0',
        configPath: '/etc/wireguard/wg0.conf',
        sudo: false,
        subnet: '10.8.0.0/24',
        serverAddress: '10.8.0.1',
        dns: ['1.1.1.1'],
        mtu: 1280,
      },
      secrets,
    })
  })

  test('stay the same when they are parsed again', () => {
    const once = wireguard.parse({ settings, secrets })
    expect(wireguard.parse(once)).toEqual(once)
  })

  test.each([
    ['host', 'a b'],
    ['host', '-oProxyCommand=id'],
    ['hostKey', 'MD5:aa:bb'],
    ['hostKey', undefined],
    ['username', 'root;id'],
    ['interface', 'wg0; reboot'],
    ['interface', 'a-name-of-16-char'],
    ['configPath', '/etc/wireguard/$(id).conf'],
    ['configPath', 'wg0.conf'],
    ['endpointPort', 70_000],
    ['serverPublicKey', 'short'],
    ['subnet', '10.8.0.0'],
    ['subnet', '10.8.0.0/31'],
    ['subnet', '10.8.0.300/24'],
    ['serverAddress', '10.9.0.1'],
    ['dns', ['one.one.one.one']],
  ])('are refused by name when %s is %j', (field, value) => {
    expect(refusal({ [field]: value })).toMatch(new RegExp(`^WireGuard: ${field}`))
  })

  test('need a key or a password, and never repeat either', () => {
    expect(refusal({}, {})).toMatch(/privateKey or password is needed/)
    expect(refusal({}, { privateKey: 'not a key at all' })).toMatch(/^WireGuard: privateKey must be an OpenSSH/)
    expect(refusal({}, { privateKey: 'not a key at all' })).not.toContain('not a key')
  })
})

describe('the addresses of a subnet', () => {
  test('are given out lowest first, without the network, the server and the broadcast', () => {
    expect([...listAddresses('10.8.0.0/29', '10.8.0.1')]).toEqual([
      '10.8.0.2',
      '10.8.0.3',
      '10.8.0.4',
      '10.8.0.5',
      '10.8.0.6',
    ])
    expect([...listAddresses('10.8.0.0/29', '10.8.0.4')]).toEqual([
      '10.8.0.1',
      '10.8.0.2',
      '10.8.0.3',
      '10.8.0.5',
      '10.8.0.6',
    ])
    expect([...listAddresses('192.168.255.252/30', '192.168.255.253')]).toEqual(['192.168.255.254'])
  })

  test('cross the borders of a byte', () => {
    const all = [...listAddresses('10.8.0.0/16', '10.8.0.1')]
    expect(all).toHaveLength(65_533)
    expect(all.slice(252, 256)).toEqual(['10.8.0.254', '10.8.0.255', '10.8.1.0', '10.8.1.1'])
    expect(all.at(-1)).toBe('10.8.255.254')
  })

  test('cost nothing until they are asked for, and can be read more than once', () => {
    const pool = wireguard.addressPool({ settings: { ...settings, subnet: '10.0.0.0/8' }, secrets })
    for (const _ of [1, 2])
      for (const address of pool ?? []) {
        expect(address).toBe('10.0.0.2')
        break
      }
  })
})

describe('new secrets', () => {
  test('are a Curve25519 pair that belongs together, clamped, and a preshared key', () => {
    const minted = wireguard.mintSecrets()
    const d = Buffer.from(minted.privateKey ?? '', 'base64')
    const x = Buffer.from(minted.publicKey ?? '', 'base64').toString('base64url')
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), d])
    expect(createPublicKey({ key: privatePem(pkcs8), format: 'pem' }).export({ format: 'jwk' }).x).toBe(x)
    expect([d[0]! & 7, d[31]! & 192]).toEqual([0, 64])
    expect(Buffer.from(minted.presharedKey ?? '', 'base64')).toHaveLength(32)
    expect(wireguard.mintSecrets()).not.toEqual(minted)
  })
})

const privatePem = (der: Buffer): string =>
  `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`

describe('what a server tells', () => {
  test('of a peer is turned to the side of the customer', () => {
    expect(readPeer(['peer', 'vk-abcd', 'live', '100', '18446744073709551615', '1800000000'])).toMatchObject({
      state: { account: 'vk-abcd', enabled: true },
      usage: {
        account: 'vk-abcd',
        uploadBytes: 100n,
        downloadBytes: 2n ** 64n - 1n,
        lastSeenAt: new Date(1_800_000_000_000),
      },
    })
  })

  test('of a peer that stands only in the file is an account that is not let in', () => {
    expect(readPeer(['peer', 'vk-abcd', 'file', '0', '0', '0'])).toMatchObject({
      state: { enabled: false },
      usage: { lastSeenAt: null },
    })
  })

  test.each([
    [['peer', 'bob', 'live', '1', '2', '3']],
    [['peer', 'vk-abcd', 'live', '-1', '2', '3']],
    [['load', '1', '2']],
    [[]],
  ])('is passed over when it is not about an account of ours: %j', (row) => {
    expect(readPeer(row)).toBeNull()
  })

  test('of an error says whether asking again may help', () => {
    const error = (code: 'busy' | 'no-interface' | 'address-taken' | 'not-root') => () =>
      getRows({ kind: 'error', code, sentence: 'so it is' }, 'wg0 on nl1')
    expect(error('busy')).toThrow(EndpointUnreachable)
    expect(error('no-interface')).toThrow(EndpointUnreachable)
    expect(error('address-taken')).toThrow(EndpointRefused)
    expect(error('not-root')).toThrow('wg0 on nl1: so it is.')
  })
})
