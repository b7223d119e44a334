import { describe, expect, test } from 'vitest'
import { type LinkInbound, vlessFlow, vlessLinks, withRemark } from './share-link.ts'

const client = { uuid: '5d9c1a52-3f6e-4d0b-9d2a-6f1f4a2b7c11', subId: 'fixturesubid0001', flow: '' }
const settings = { decryption: 'none', encryption: 'none' }
const inbound = (streamSettings: Record<string, unknown>, other: Partial<LinkInbound> = {}): LinkInbound => ({
  settings,
  streamSettings,
  host: 'nl.example',
  port: 443,
  ...other,
})
const onlyLink = (given: LinkInbound, flow = ''): string => vlessLinks(given, { ...client, flow })[0]?.uri ?? ''

const reality = {
  network: 'tcp',
  security: 'reality',
  realitySettings: {
    serverNames: ['www.nvidia.com', 'nvidia.com'],
    privateKey: 'never in a link',
    shortIds: ['a1b2', 'c3d4e5f60718'],
    settings: { publicKey: 'PUBLIC-KEY', fingerprint: 'chrome', serverName: '', spiderX: '/', mldsa65Verify: '' },
  },
  tcpSettings: { header: { type: 'none' } },
}
const tls = {
  security: 'tls',
  tlsSettings: {
    serverName: 'ws.example',
    alpn: ['h2', 'http/1.1'],
    settings: { fingerprint: 'firefox', echConfigList: '' },
  },
}

describe('a VLESS link', () => {
  test('of Reality has its key, face and flow, and never the private key', () => {
    const link = onlyLink(inbound(reality), 'xtls-rprx-vision')
    expect(link).toBe(
      `vless://${client.uuid}@nl.example:443?encryption=none&flow=xtls-rprx-vision&fp=chrome&pbk=PUBLIC-KEY&security=reality` +
        `&sid=a1b2&sni=nvidia.com&spx=%2Fae3b452ec95ce8d&type=tcp`,
    )
  })

  test('of Reality is the same link each time, for all that can be drawn by lot', () => {
    expect(onlyLink(inbound(reality))).toBe(onlyLink(inbound(reality)))
    const others = Array.from(
      { length: 20 },
      (_, index) => vlessLinks(inbound(reality), { ...client, subId: `another${index}` })[0]!.uri,
    )
    expect(new Set(others.map((link) => new URL(link).searchParams.get('sid')))).toEqual(
      new Set(['a1b2', 'c3d4e5f60718']),
    )
  })

  test('over WebSocket under TLS escapes its path as the panel does, and keeps an empty host', () => {
    const link = onlyLink(inbound({ ...tls, network: 'ws', wsSettings: { path: '/a b~(1)*', host: '', headers: {} } }))
    expect(link).toBe(
      `vless://${client.uuid}@nl.example:443?alpn=h2%2Chttp%2F1.1&encryption=none&fp=firefox&host=&path=%2Fa+b~%281%29%2A&security=tls&sni=ws.example&type=ws`,
    )
  })

  test('over gRPC names its service', () => {
    const link = onlyLink(
      inbound({ network: 'grpc', security: 'none', grpcSettings: { serviceName: 'feed', multiMode: true } }),
    )
    expect(link).toBe(
      `vless://${client.uuid}@nl.example:443?authority=&encryption=none&mode=multi&security=none&serviceName=feed&type=grpc`,
    )
  })

  test('over XHTTP carries what both sides must share, and not what only the server reads or what is default', () => {
    const xhttpSettings = {
      path: '/x',
      host: 'x.example',
      mode: 'auto',
      xPaddingBytes: '100-1000',
      scMaxEachPostBytes: '1000000',
      scMinPostsIntervalMs: '40',
      noSSEHeader: true,
      scMaxBufferedPosts: 30,
      sessionKey: 'sid',
      xmux: { maxConcurrency: '16-32' },
      headers: { Host: 'dropped.example', 'X-A': 'b' },
    }
    const { searchParams } = new URL(onlyLink(inbound({ network: 'xhttp', security: 'none', xhttpSettings })))
    expect(Object.fromEntries(searchParams)).toMatchObject({
      path: '/x',
      host: 'x.example',
      mode: 'auto',
      x_padding_bytes: '100-1000',
    })
    expect(searchParams.get('extra')).toBe(
      '{"headers":{"X-A":"b"},"mode":"auto","scMinPostsIntervalMs":"40","sessionIDKey":"sid","sessionKey":"sid","xPaddingBytes":"100-1000","xmux":{"maxConcurrency":"16-32"}}',
    )
  })

  test('over TCP in the guise of HTTP has the first path and the host', () => {
    const header = { type: 'http', request: { path: ['/', '/b'], headers: { Host: ['b.example', 'c.example'] } } }
    const link = onlyLink(inbound({ network: 'tcp', security: 'none', tcpSettings: { header } }))
    expect(link).toBe(
      `vless://${client.uuid}@nl.example:443?encryption=none&headerType=http&host=b.example&path=%2F&security=none&type=tcp`,
    )
  })

  test('comes once for each external proxy, with what that proxy does about TLS', () => {
    const externalProxy = [
      { forceTls: 'same', dest: 'cdn.example', port: 2053, remark: 'cdn' },
      { forceTls: 'none', dest: '2001:db8::1', port: 80, remark: 'bare' },
      { forceTls: 'tls', dest: 'tls.example', port: 443, remark: '', sni: 'front.example' },
    ]
    const links = vlessLinks(
      inbound({ ...tls, network: 'ws', wsSettings: { path: '/', host: '' }, externalProxy }),
      client,
    )
    expect(links.map(({ remark }) => remark)).toEqual(['cdn', 'bare', ''])
    const urls = links.map(({ uri }) => new URL(uri))
    expect(urls.map(({ host }) => host)).toEqual(['cdn.example:2053', '[2001:db8::1]:80', 'tls.example:443'])
    expect(urls.map(({ searchParams }) => [searchParams.get('security'), searchParams.get('sni')])).toEqual([
      ['tls', 'ws.example'],
      ['none', null],
      ['tls', 'front.example'],
    ])
  })

  test('has a name in any script', () => {
    expect(withRemark('vless://a@b:1?type=tcp', '🇳🇱 Am (1)')).toBe(
      'vless://a@b:1?type=tcp#%F0%9F%87%B3%F0%9F%87%B1%20Am%20%281%29',
    )
  })
})

describe('the flow of a client', () => {
  test('is Vision on plain TCP under Reality or TLS, and on XHTTP with VLESS encryption, and nowhere else', () => {
    const flowOf = (streamSettings: Record<string, unknown>, given: Record<string, unknown> = settings) =>
      vlessFlow({ settings: given, streamSettings })
    expect(flowOf(reality)).toBe('xtls-rprx-vision')
    expect(flowOf({ ...tls, network: 'tcp' })).toBe('xtls-rprx-vision')
    expect(flowOf({ network: 'xhttp', security: 'tls' }, { decryption: 'mlkem768x25519plus.native.0rtt.KEY' })).toBe(
      'xtls-rprx-vision',
    )
    expect(flowOf({ ...tls, network: 'ws' })).toBe('')
    expect(flowOf({ network: 'tcp', security: 'none' })).toBe('')
    expect(flowOf({ ...tls, network: 'tcp', tcpSettings: { header: { type: 'http' } } })).toBe('')
  })
})
