import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { type EndpointCause, EndpointRefused, EndpointUnreachable } from '@vpn-kiosk/domain'
import type Ssh from 'ssh2'
import type { Client, ClientChannel } from 'ssh2'

export interface SshTarget {
  readonly host: string
  readonly port: number
  readonly username: string
  /** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. Any other key ends the handshake. */
  readonly hostKey: string
  readonly login: {
    readonly privateKey?: string | undefined
    readonly passphrase?: string | undefined
    readonly password?: string | undefined
  }
}

export interface SshOutput {
  /** Null when the process was killed or the connection was lost. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** One server over SSH. The connection is made when needed, shared, and given up after a minute of silence. */
export interface SshLink {
  /** Runs a fixed command with `stdin`. Throws `EndpointUnreachable` when the outcome is unknown. */
  run(command: string, stdin: string): Promise<SshOutput>
  close(): Promise<void>
}

const limits = {
  readyTimeoutMs: 10_000,
  keepaliveMs: 15_000,
  commandMs: 30_000,
  idleMs: 60_000,
  channels: 4,
  outputBytes: 64 * 1024 * 1024,
}

const fingerprintOf = (rawKey: Buffer): string =>
  `SHA256:${createHash('sha256').update(rawKey).digest('base64').replace(/=+$/, '')}`

/** A public key begins with the length of its type's name, four bytes, and the name. */
const keyTypeOf = (rawKey: Buffer): string => rawKey.subarray(4, 4 + rawKey.readUInt32BE(0)).toString('latin1')

/** Reads the key that the server presents, and hangs up before anything of ours (user name, secret) is sent. */
export function readHostKey(host: string, port: number): Promise<{ fingerprint: string; type: string }> {
  return new Promise((resolve, reject) => {
    const client = new (loadSsh().Client)()
    client.on('error', (cause) => reject(explain(cause, `${host}:${port}`)))
    client.once('close', () =>
      reject(new EndpointUnreachable(`${host}:${port} closed the connection at once.`, { code: 'connection_lost' })),
    )
    const hostVerifier = (key: Buffer): boolean => {
      resolve({ fingerprint: fingerprintOf(key), type: keyTypeOf(key) })
      return false
    }
    client.connect({ host, port, username: 'nobody', hostVerifier, readyTimeout: limits.readyTimeoutMs })
  })
}

export function createSshLink(target: SshTarget): SshLink {
  const gate = createGate(limits.channels)
  const pool = createPool(target)
  let running = 0
  let idle: NodeJS.Timeout | undefined
  return {
    async run(command, stdin) {
      clearTimeout(idle)
      running++
      try {
        return await gate(() => runOn(pool, command, stdin))
      } finally {
        running--
        if (running === 0) idle = setTimeout(() => void pool.hangUp(), limits.idleMs).unref()
      }
    },
    close() {
      clearTimeout(idle)
      return pool.hangUp()
    },
  }
}

interface Pool {
  readonly where: string
  /** The connection that all share, made when there is none. */
  getClient(): Promise<Client>
  /** Gives nobody this connection any more; what still runs on it may end. */
  retire(client: Client): void
  hangUp(): Promise<void>
}

interface Slot {
  readonly opening: Promise<Client>
  client: Client | null
}

function createPool(target: SshTarget): Pool {
  let current: Slot | null = null
  const retire = (client: Client) => {
    if (current?.client === client) current = null
    setTimeout(() => client.end(), limits.commandMs).unref()
  }
  return {
    where: `${target.host}:${target.port}`,
    getClient() {
      if (current !== null) return current.opening
      const slot: Slot = { opening: connect(target), client: null }
      const forget = () => {
        if (current === slot) current = null
      }
      slot.opening.then((client) => {
        slot.client = client
        client.once('close', forget)
      }, forget)
      current = slot
      return slot.opening
    },
    retire,
    async hangUp() {
      const open = current
      current = null
      const client = await open?.opening.catch(() => null)
      client?.end()
    },
  }
}

async function runOn(pool: Pool, command: string, stdin: string): Promise<SshOutput> {
  const attempt = async () => openChannel(pool, await pool.getClient(), command)
  const client = await pool.getClient()
  // A connection that died unnoticed: nothing has been asked on it yet, so a fresh one may be tried, once.
  const opened = await openChannel(pool, client, command).catch(attempt)
  return collect(opened.client, opened.channel, stdin, pool.where)
}

function openChannel(pool: Pool, client: Client, command: string): Promise<{ client: Client; channel: ClientChannel }> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => {
      pool.retire(client)
      reject(new EndpointUnreachable(`${pool.where} runs no command just now.`, { code: 'busy', cause }))
    }
    client.once('close', fail)
    try {
      client.exec(command, (cause, channel) => {
        client.off('close', fail)
        if (cause) fail(cause)
        else resolve({ client, channel })
      })
    } catch (cause) {
      fail(cause)
    }
  })
}

function collect(client: Client, channel: ClientChannel, stdin: string, where: string): Promise<SshOutput> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let received = 0
    const giveUp = (reason: string) => {
      client.destroy()
      settle(() => reject(new EndpointUnreachable(`${where} ${reason}`, { code: 'timeout' })))
    }
    const timer = setTimeout(() => giveUp(`has not answered for ${limits.commandMs / 1000} s.`), limits.commandMs)
    const lost = () =>
      settle(() =>
        reject(new EndpointUnreachable(`${where} closed the connection in the middle.`, { code: 'connection_lost' })),
      )
    const settle = (end: () => void) => {
      clearTimeout(timer)
      client.off('close', lost)
      end()
    }
    const keep = (list: Buffer[]) => (chunk: Buffer) => {
      received += chunk.length
      if (received > limits.outputBytes) giveUp('sends more than it was asked for.')
      else list.push(chunk)
    }
    client.once('close', lost)
    channel.on('data', keep(stdout))
    channel.stderr.on('data', keep(stderr))
    channel.on('error', lost)
    channel.once('close', (code: number | null | undefined) => {
      const text = (list: Buffer[]) => Buffer.concat(list).toString('utf8')
      settle(() => resolve({ code: code ?? null, stdout: text(stdout), stderr: text(stderr) }))
    })
    channel.end(stdin)
  })
}

function connect(target: SshTarget): Promise<Client> {
  const where = `${target.host}:${target.port}`
  return new Promise((resolve, reject) => {
    const client = new (loadSsh().Client)()
    let offered: string | null = null
    client.once('ready', () => resolve(client))
    // Stays for the connection's whole life: an error without a listener would end the process.
    client.on('error', (cause) =>
      reject(
        offered !== null && offered !== target.hostKey
          ? wrongKey(where, target.hostKey, offered)
          : explain(cause, where),
      ),
    )
    client.once('close', () =>
      reject(new EndpointUnreachable(`${where} closed the connection before the login.`, { code: 'connection_lost' })),
    )
    client.on('keyboard-interactive', (_name, _text, _language, prompts, finish) =>
      finish(prompts.map(() => target.login.password ?? '')),
    )
    client.connect({
      host: target.host,
      port: target.port,
      username: target.username,
      ...present(target.login),
      tryKeyboard: target.login.password !== undefined,
      hostVerifier: (key: Buffer): boolean => {
        offered = fingerprintOf(key)
        return offered === target.hostKey
      },
      readyTimeout: limits.readyTimeoutMs,
      keepaliveInterval: limits.keepaliveMs,
      keepaliveCountMax: 3,
    })
    // Small messages go back and forth: waiting to fill a packet would cost a quarter of a second a command.
    client.setNoDelay(true)
  })
}

const present = (login: SshTarget['login']): Record<string, string> =>
  Object.fromEntries(Object.entries(login).filter((entry): entry is [string, string] => entry[1] !== undefined))

const wrongKey = (where: string, pinned: string, offered: string): EndpointRefused =>
  new EndpointRefused(
    `${where} presents the host key ${offered}, but ${pinned} was confirmed: another machine may be answering. Nothing was sent to it.`,
    { code: 'host_key_changed' },
  )

function explain(cause: Error & { level?: string }, where: string): Error {
  if (cause.level === 'client-authentication')
    return new EndpointRefused(`${where} does not accept this login.`, { code: 'wrong_credentials', cause })
  if (/no matching/i.test(cause.message))
    return new EndpointRefused(`${where} speaks no SSH algorithm that is accepted here.`, {
      code: 'answer_unknown',
      cause,
    })
  return new EndpointUnreachable(`${where} does not answer over SSH.`, { code: causeOf(cause), cause })
}

const causes: Readonly<Record<string, EndpointCause>> = {
  ENOTFOUND: 'name_unknown',
  EAI_AGAIN: 'name_unknown',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'connection_refused',
  ENETUNREACH: 'connection_refused',
  ECONNRESET: 'connection_lost',
  ETIMEDOUT: 'timeout',
}

function causeOf(error: NodeJS.ErrnoException & { level?: string }): EndpointCause {
  if (error.level === 'client-timeout') return 'timeout'
  if (error.level === 'protocol') return 'answer_unknown'
  return causes[error.code ?? ''] ?? 'other'
}

/** Lets `limit` tasks through at a time: a server allows about ten channels on one connection. */
function createGate(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = limit
  return async (task) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

const require = createRequire(import.meta.url)

/** Loads ssh2 with its first use: five megabytes that a process which reaches no server over SSH does without. */
export const loadSsh = (): typeof Ssh => require('ssh2')
