import { expect, test } from 'vitest'
import { vlessFlow, vlessLinks } from './share-link.ts'

const client = { uuid: '5d9c1a52-3f6e-4d0b-9d2a-6f1f4a2b7c11', subId: 'fixturesubid0001', flow: '' }
const linkOf = (streamSettings: object, settings: object = {}) => {
  const inbound = {
    settings: { ...settings },
    streamSettings: { ...streamSettings },
    host: 'vpn.example.com',
    port: 443,
  }
  return new URL(vlessLinks(inbound, client)[0]!.uri)
}
const parametersOf = (streamSettings: object) => Object.fromEntries(linkOf(streamSettings).searchParams)
const http = { header: { type: 'http', request: { path: ['/news'], headers: { Host: ['front.example'] } } } }

test.each([
  ['raw', { network: 'raw', rawSettings: http }, { network: 'tcp', tcpSettings: http }],
  ['raw with the old settings', { network: 'raw', tcpSettings: http }, { network: 'tcp', tcpSettings: http }],
  [
    'splithttp',
    { network: 'splithttp', splithttpSettings: { path: '/x', mode: 'auto' } },
    { network: 'xhttp', xhttpSettings: { path: '/x', mode: 'auto' } },
  ],
  ['mkcp', { network: 'mkcp', kcpSettings: { seed: 's' } }, { network: 'kcp', kcpSettings: { seed: 's' } }],
  ['websocket', { network: 'websocket', wsSettings: { path: '/w' } }, { network: 'ws', wsSettings: { path: '/w' } }],
  ['no name', { network: '' }, { network: 'tcp' }],
])('a transport called %s gives the link of the one that it is', (_name, alias, known) => {
  expect(parametersOf(alias)).toEqual(parametersOf(known))
})

test('Vision is left out where the admin has switched it off, and where the panel knows the transport by another name', () => {
  const reality = { network: 'tcp', security: 'reality' }
  expect(vlessFlow({ settings: {}, streamSettings: reality })).toBe('xtls-rprx-vision')
  expect(vlessFlow({ settings: {}, streamSettings: reality, disableFlow: true })).toBe('')
  expect(vlessFlow({ settings: {}, streamSettings: { ...reality, network: 'raw' } })).toBe('')
})

test('a certificate that need not be checked is said, and blanks around a proxy are no part of it', () => {
  const tls = { network: 'tcp', security: 'tls', tlsSettings: { settings: { allowInsecure: true } } }
  const externalProxy = [{ forceTls: 'same', dest: ' cdn.test ', port: 8443, remark: ' cdn ' }]
  const link = linkOf({ ...tls, externalProxy })
  expect([link.host, link.searchParams.get('allowInsecure')]).toEqual(['cdn.test:8443', '1'])
})
