import type { Clock, EndpointConfig } from '@vpn-kiosk/domain'
import { driverKinds } from '@vpn-kiosk/vpn'
import { formatReply, readRequest } from '@vpn-kiosk/vpn/wireguard-host'
import { createPeerTable, type PeerTable } from './create-peer-table.ts'
import { createSshKey, startSshServer } from './server.ts'

/** What makes a server the same server after a restart. Plain text: store it where the demo keeps its data. */
export interface WireguardIdentity {
  readonly hostKey: string
  readonly loginKey: string
  readonly serverPublicKey: string
}

export interface WireguardSimulatorOptions {
  readonly clock: Clock
  /** 0 or nothing = any free port. */
  readonly port?: number
  readonly identity?: WireguardIdentity
}

/** A WireGuard server to sell access on, without root and without a tunnel: sshd and `wg` are simulated. */
export interface WireguardSimulator extends Pick<PeerTable, 'peers' | 'addTraffic'> {
  /** Everything the driver needs; no discovery is necessary. */
  readonly config: EndpointConfig
  /** Where its SSH listens: `ssh://127.0.0.1:<port>`. */
  readonly url: string
  readonly host: string
  readonly port: number
  setDown(down: boolean): void
  /** The next request is carried out, and then the connection breaks. */
  loseNextAnswer(): void
  close(): Promise<void>
}

const subnet = '10.8.0.0/16'
const endpointPort = 51820

export function createWireguardIdentity(): WireguardIdentity {
  const serverPublicKey = driverKinds.get('wireguard')?.mintSecrets().publicKey ?? ''
  return { hostKey: createSshKey(), loginKey: createSshKey(), serverPublicKey }
}

/** Starts an SSH server on loopback that carries out the driver's requests on a table in memory. */
export async function startWireguardSimulator(options: WireguardSimulatorOptions): Promise<WireguardSimulator> {
  const identity = options.identity ?? createWireguardIdentity()
  const { serverPublicKey: publicKey } = identity
  const table = createPeerTable({
    clock: options.clock,
    interface: 'wg0',
    publicKey,
    listenPort: endpointPort,
    address: '10.8.0.1/16',
  })
  let losesNext = false
  const execute = (command: string, stdin: string) => {
    const request = command === 'bash -s' || command === 'sudo -n bash -s' ? readRequest(stdin) : null
    if (request === null) return { stdout: '', stderr: 'bash: not a request of the driver\n', code: 127 }
    const reply = table.answer(request)
    if (losesNext) {
      losesNext = false
      return null
    }
    return { stdout: formatReply(reply), stderr: '', code: reply.kind === 'ok' ? 0 : 3 }
  }
  const keys = { host: identity.hostKey, login: identity.loginKey }
  const server = await startSshServer({ port: options.port ?? 0, keys, execute })
  const { host, port, hostKey } = server
  return {
    config: {
      settings: {
        host,
        port,
        username: 'root',
        hostKey,
        interface: 'wg0',
        endpointHost: host,
        allowPrivateHost: true,
        endpointPort,
        serverPublicKey: publicKey,
        subnet,
      },
      secrets: { privateKey: identity.loginKey },
    },
    url: `ssh://${host}:${port}`,
    host,
    port,
    peers: table.peers,
    addTraffic: table.addTraffic,
    setDown: server.setDown,
    loseNextAnswer: () => {
      losesNext = true
    },
    close: server.close,
  }
}
