import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { SimInbound } from './state.ts'

/** What a fresh panel of a small shop has: VLESS with Reality on 443, and VLESS over WebSocket behind TLS. */
export const seedInbounds = (): SimInbound[] => [realityInbound(1, 443), webSocketInbound(2, 8443)]

const sniffing = JSON.stringify({
  enabled: true,
  destOverride: ['http', 'tls', 'quic', 'fakedns'],
  metadataOnly: false,
  routeOnly: false,
})
const vlessSettings = JSON.stringify({ clients: [], decryption: 'none', encryption: 'none', fallbacks: [] }, null, 2)

export function realityInbound(id: number, port: number): SimInbound {
  const { d: privateKey, x: publicKey } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
  const stream = {
    network: 'tcp',
    security: 'reality',
    externalProxy: [],
    realitySettings: {
      show: false,
      xver: 0,
      target: 'www.nvidia.com:443',
      serverNames: ['www.nvidia.com'],
      privateKey,
      minClientVer: '',
      maxClientVer: '',
      maxTimediff: 0,
      shortIds: [4, 8, 2].map((size) => randomBytes(size).toString('hex')),
      mldsa65Seed: '',
      settings: { publicKey, fingerprint: 'chrome', serverName: '', spiderX: '/', mldsa65Verify: '' },
    },
    tcpSettings: { acceptProxyProtocol: false, header: { type: 'none' } },
  }
  return inbound(id, port, 'VLESS Reality', stream)
}

const webSocketInbound = (id: number, port: number): SimInbound =>
  inbound(id, port, 'VLESS WS', {
    network: 'ws',
    security: 'tls',
    externalProxy: [],
    tlsSettings: {
      serverName: 'ws.shop.example',
      minVersion: '1.2',
      maxVersion: '1.3',
      alpn: ['h2', 'http/1.1'],
      certificates: [
        {
          certificateFile: '/root/cert/fullchain.pem',
          keyFile: '/root/cert/privkey.pem',
          oneTimeLoading: false,
          usage: 'encipherment',
        },
      ],
      settings: { fingerprint: 'chrome', echConfigList: '' },
    },
    wsSettings: { acceptProxyProtocol: false, path: '/news', host: '', headers: {}, heartbeatPeriod: 0 },
  })

const inbound = (id: number, port: number, remark: string, stream: object): SimInbound => ({
  id,
  remark,
  enable: true,
  listen: '',
  port,
  protocol: 'vless',
  tag: `inbound-${port}`,
  settings: vlessSettings,
  streamSettings: JSON.stringify(stream, null, 2),
  sniffing,
})
