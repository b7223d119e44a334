import { createHash, generateKeyPairSync } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import ssh2, { type Connection, type ParsedKey, type ServerChannel } from 'ssh2'

/** An SSH server on loopback that knows one login and hands every command's stdin to `execute`. */
export interface SshServer {
  readonly host: string
  readonly port: number
  /** `SHA256:…`, as ssh-keygen prints it. */
  readonly hostKey: string
  /** Nobody is answered any more, and who is connected is cut off. */
  setDown(down: boolean): void
  cutConnections(): void
  close(): Promise<void>
}

export interface SshServerOptions {
  readonly port: number
  /** Private keys, PEM. */
  readonly keys: { readonly host: string; readonly login: string }
  /** The answer on stdout; null breaks the connection instead of answering. */
  readonly execute: (
    command: string,
    stdin: string,
  ) => { readonly stdout: string; readonly stderr: string; readonly code: number } | null
}

/** A P-256 key: ssh2 cannot read PKCS #8, and every 60th Ed25519 key that it makes itself is malformed. */
export const createSshKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString()

export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const login = parseKey(options.keys.login)
  const ssh = new ssh2.Server({ hostKeys: [options.keys.host] })
  const sockets = new Set<Socket>()
  let isDown = false
  const cutConnections = () => {
    for (const socket of sockets) socket.destroy()
  }
  ssh.on('connection', (client: Connection) => serve(client, login, options.execute, cutConnections))
  const server = createServer({ noDelay: true }, (socket) => {
    if (isDown) return socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    ssh.injectSocket(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    hostKey: fingerprintOf(parseKey(options.keys.host)),
    setDown(down) {
      isDown = down
      if (down) cutConnections()
    },
    cutConnections,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      cutConnections()
      return closed
    },
  }
}

function parseKey(pem: string): ParsedKey {
  const key = ssh2.utils.parseKey(pem)
  if (key instanceof Error) throw key
  return key
}

const fingerprintOf = (key: ParsedKey): string =>
  `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`

function serve(client: Connection, login: ParsedKey, execute: SshServerOptions['execute'], cut: () => void): void {
  // A visitor who leaves in the middle of the handshake is no failure of the server.
  client.on('error', () => client.end())
  client.on('authentication', (attempt) => {
    if (attempt.method !== 'publickey' || !attempt.key.data.equals(login.getPublicSSH()))
      return attempt.reject(['publickey'])
    if (attempt.signature === undefined || attempt.blob === undefined) return attempt.accept()
    if (login.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true) attempt.accept()
    else attempt.reject()
  })
  client.on('session', (acceptSession) => {
    acceptSession().on('exec', (acceptExec, _reject, { command }) => answer(acceptExec(), command, execute, cut))
  })
}

function answer(channel: ServerChannel, command: string, execute: SshServerOptions['execute'], cut: () => void): void {
  const chunks: Buffer[] = []
  channel.on('data', (chunk: Buffer) => chunks.push(chunk))
  channel.once('end', () => {
    const result = execute(command, Buffer.concat(chunks).toString('utf8'))
    if (result === null) return cut()
    channel.write(result.stdout)
    channel.stderr.write(result.stderr)
    channel.exit(result.code)
    channel.end()
  })
}
