import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import getPort from 'get-port'

/** A customer's app: Xray as a client, made from nothing but the share link, with a SOCKS door on loopback. */
export interface Tunnel {
  /** Fetches a plain HTTP page through the tunnel; throws when nothing comes back. */
  fetch(url: string): Promise<string>
  close(): Promise<void>
}

export async function openTunnel(xrayPath: string, link: string): Promise<Tunnel> {
  const port = await getPort()
  const xray = spawn(xrayPath, ['run', '-c', 'stdin:', '-format', 'json'], { stdio: ['pipe', 'ignore', 'ignore'] })
  xray.stdin.end(JSON.stringify(clientConfig(new URL(link), port)))
  const close = async (): Promise<void> => {
    if (xray.exitCode !== null) return
    xray.kill()
    await once(xray, 'exit')
  }
  await untilListening(port, xray).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    fetch: (url) => fetchThroughSocks(port, new URL(url)),
    close,
  }
}

/** What any app makes of a VLESS link. */
function clientConfig(link: URL, socksPort: number): object {
  const ask = (name: string) => link.searchParams.get(name) ?? ''
  const user = { id: link.username, encryption: ask('encryption') || 'none', flow: ask('flow') }
  return {
    log: { loglevel: 'none' },
    inbounds: [{ listen: '127.0.0.1', port: socksPort, protocol: 'socks', settings: { udp: false } }],
    outbounds: [
      {
        protocol: 'vless',
        settings: {
          vnext: [{ address: link.hostname.replace(/^\[|\]$/g, ''), port: Number(link.port), users: [user] }],
        },
        streamSettings: {
          network: ask('type'),
          security: ask('security'),
          ...transportSettings(ask),
        },
      },
    ],
  }
}

function transportSettings(ask: (name: string) => string): object {
  const path = { path: ask('path'), host: ask('host') }
  const httpHeader = { type: 'http', request: { path: [ask('path')], headers: { Host: [ask('host')] } } }
  const known: Record<string, object> = {
    ws: { wsSettings: path },
    httpupgrade: { httpupgradeSettings: path },
    grpc: { grpcSettings: { serviceName: ask('serviceName'), multiMode: ask('mode') === 'multi' } },
    xhttp: { xhttpSettings: { ...path, mode: ask('mode'), extra: JSON.parse(ask('extra') || '{}') } },
    tcp: ask('headerType') === 'http' ? { tcpSettings: { header: httpHeader } } : {},
  }
  const reality = {
    serverName: ask('sni'),
    fingerprint: ask('fp'),
    publicKey: ask('pbk'),
    shortId: ask('sid'),
    spiderX: ask('spx'),
  }
  return { ...known[ask('type')], ...(ask('security') === 'reality' ? { realitySettings: reality } : {}) }
}

async function fetchThroughSocks(port: number, url: URL): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  try {
    socket.setTimeout(8_000, () => socket.destroy(new Error('the tunnel is silent')))
    await once(socket, 'connect')
    socket.write(Uint8Array.of(5, 1, 0))
    await once(socket, 'data')
    const host = Buffer.from(url.hostname)
    socket.write(
      Buffer.concat([
        Uint8Array.of(5, 1, 0, 3, host.length),
        host,
        Uint8Array.of(Number(url.port || 80) >> 8, Number(url.port || 80) & 255),
      ]),
    )
    await once(socket, 'data')
    socket.write(`GET ${url.pathname} HTTP/1.0\r\nHost: ${url.host}\r\n\r\n`)
    return await readPage(socket)
  } finally {
    socket.destroy()
  }
}

async function readPage(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  const [head = '', ...body] = text.split('\r\n\r\n')
  if (!/^HTTP\/1\.\d 200/.test(head)) throw new Error('no page came through the tunnel')
  return body.join('\r\n\r\n')
}

async function untilListening(port: number, process: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (process.exitCode !== null) throw new Error('xray does not take the link')
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await delay(100)
  }
  throw new Error('xray does not listen')
}
