import { readFile } from 'node:fs/promises'

/** An inbound that a proof makes, in the panel's own shape. */
export interface InboundWish {
  readonly remark: string
  readonly port: number
  readonly stream: object
}

export interface RealityWish {
  readonly port: number
  readonly target: string
  readonly serverName: string
  readonly keys: { readonly privateKey: string; readonly publicKey: string }
  readonly externalProxy?: readonly object[]
}

const plainTcp = { acceptProxyProtocol: false, header: { type: 'none' } }

export const realityWish = ({ port, target, serverName, keys, externalProxy = [] }: RealityWish): InboundWish => ({
  remark: 'reality',
  port,
  stream: {
    network: 'tcp',
    security: 'reality',
    externalProxy,
    realitySettings: {
      show: false,
      xver: 0,
      target,
      serverNames: [serverName],
      privateKey: keys.privateKey,
      minClientVer: '',
      maxClientVer: '',
      maxTimediff: 0,
      shortIds: ['a1b2', 'c3d4e5f60718'],
      mldsa65Seed: '',
      settings: { publicKey: keys.publicKey, fingerprint: 'chrome', serverName: '', spiderX: '/', mldsa65Verify: '' },
    },
    tcpSettings: plainTcp,
  },
})

/** Each transport without TLS: they carry a page on loopback as they are. */
export function plainWishes(firstPort: number): InboundWish[] {
  const streams: Record<string, object> = {
    ws: {
      network: 'ws',
      wsSettings: { acceptProxyProtocol: false, path: '/news', host: 'a.example', headers: {}, heartbeatPeriod: 0 },
    },
    grpc: { network: 'grpc', grpcSettings: { serviceName: 'feed', authority: '', multiMode: false } },
    httpupgrade: {
      network: 'httpupgrade',
      httpupgradeSettings: { acceptProxyProtocol: false, path: '/up', host: '', headers: {} },
    },
    xhttp: {
      network: 'xhttp',
      xhttpSettings: {
        path: '/x/~(b)',
        host: '',
        headers: {},
        scMaxBufferedPosts: 30,
        scMaxEachPostBytes: '1000000',
        scStreamUpServerSecs: '20-80',
        noSSEHeader: false,
        xPaddingBytes: '100-1000',
        mode: 'auto',
        xmux: { maxConcurrency: '16-32' },
      },
    },
    'tcp with an http header': {
      network: 'tcp',
      tcpSettings: {
        acceptProxyProtocol: false,
        header: {
          type: 'http',
          request: { version: '1.1', method: 'GET', path: ['/'], headers: { Host: ['b.example'] } },
          response: { version: '1.1', status: '200', reason: 'OK', headers: {} },
        },
      },
    },
  }
  return Object.entries(streams).map(([remark, stream], index) => ({
    remark,
    port: firstPort + index,
    stream: { security: 'none', externalProxy: [], ...stream },
  }))
}

/** Transports under TLS with a certificate of ours. */
export async function tlsWishes(firstPort: number, certificatePath: string, keyPath: string): Promise<InboundWish[]> {
  const [certificate, key] = await Promise.all(
    [certificatePath, keyPath].map(async (path) => (await readFile(path, 'utf8')).trim().split('\n')),
  )
  const tlsSettings = {
    serverName: 'target.test',
    minVersion: '1.2',
    maxVersion: '1.3',
    cipherSuites: '',
    rejectUnknownSni: false,
    alpn: ['h2', 'http/1.1'],
    certificates: [{ certificate, key, oneTimeLoading: false, usage: 'encipherment', buildChain: false }],
    settings: { allowInsecure: false, fingerprint: 'firefox', echConfigList: '' },
  }
  const proxies = [
    { forceTls: 'same', dest: 'cdn.example', port: 443, remark: 'cdn' },
    { forceTls: 'none', dest: 'bare.example', port: 80, remark: 'bare' },
  ]
  const streams: Record<string, object> = {
    'tcp under tls': { network: 'tcp', tcpSettings: plainTcp, externalProxy: [] },
    'ws under tls behind proxies': {
      network: 'ws',
      wsSettings: { path: '/ws~(1)', host: '', headers: { Host: 'c.example' } },
      externalProxy: proxies,
    },
  }
  return Object.entries(streams).map(([remark, stream], index) => ({
    remark,
    port: firstPort + index,
    stream: { security: 'tls', tlsSettings, ...stream },
  }))
}
