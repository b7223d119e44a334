import { expect, test } from 'vitest'
import { wireguardConf, wireguardFileName } from './wireguard-conf.ts'

const conf = {
  privateKey: 'PRIVATE',
  presharedKey: 'PRESHARED',
  address: '10.8.0.5',
  dns: ['1.1.1.1', '2606:4700:4700::1111'],
  mtu: 1280,
  serverPublicKey: 'SERVER',
  endpointHost: 'nl1.example.org',
  endpointPort: 51820,
}

test('a configuration holds all that wg-quick and the apps need', () => {
  expect(wireguardConf(conf)).toBe(`[Interface]
PrivateKey = PRIVATE
Address = 10.8.0.5/32
DNS = 1.1.1.1, 2606:4700:4700::1111
MTU = 1280

[Peer]
PublicKey = SERVER
PresharedKey = PRESHARED
AllowedIPs = 0.0.0.0/0, ::/0
Endpoint = nl1.example.org:51820
PersistentKeepalive = 25
`)
})

test('an IPv6 endpoint stands in brackets', () => {
  expect(wireguardConf({ ...conf, endpointHost: '2001:db8::7' })).toContain('Endpoint = [2001:db8::7]:51820\n')
})

test('a server without a resolver of its own leaves the line out', () => {
  expect(wireguardConf({ ...conf, dns: [] })).not.toContain('DNS')
})

test.each([
  ['🇳🇱 Amsterdam', 'vk-00008x2k', 'amsterdam-8x2k'],
  ['Frankfurt am Main', 'vk-0000aaaa', 'frankfurt-aaaa'],
  ['Zürich #1', 'vk-0000bbbb', 'zurich-1-bbbb'],
  ['日本', 'vk-0000cccc', 'vpn-cccc'],
  ['', 'vk-0000dddd', 'vpn-dddd'],
] as const)('the file for %j is named within fifteen plain characters', (label, account, name) => {
  expect(wireguardFileName(label, account)).toBe(name)
  expect(name).toMatch(/^[a-zA-Z0-9_=+.-]{1,15}$/)
})
