import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from './choose-account.ts'

const readyLine = 7
const pollMs = 25
const startLimitMs = 60_000
const stopLimitMs = 8_000

/** A running Postgres that this process started. */
export interface ServerProcess {
  /** Settles when Postgres has ended, after `close` or by a crash. */
  exited: Promise<void>
  /** Closes all connections, writes everything to disk and ends Postgres; safe to call twice. */
  close(): Promise<void>
}

export interface ServerOptions {
  postgres: string
  dataDirectory: string
  logFile: string
  port: number
  account: Account
  /** Server settings as `name=value`. */
  settings: string[]
}

/** Starts Postgres and resolves when it accepts connections. Rejects with the end of its log when it exits instead. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const child = await spawnServer(options)
  const exited = once(child, 'exit').then(() => undefined)
  const watchdog = startWatchdog(child.pid ?? 0)
  exited.then(() => watchdog.kill())
  await waitUntilReady(options, child)
  return { exited, close: () => stopServer(child, exited) }
}

async function spawnServer(options: ServerOptions): Promise<ChildProcess> {
  const log = await open(options.logFile, 'a', 0o600)
  const settings = options.settings.flatMap((setting) => ['-c', setting])
  const server = [options.postgres, '-D', options.dataDirectory, '-p', String(options.port), ...settings]
  const [program = '', ...parameters] = [...options.account.wrapper, ...server]
  // Postgres gets its own session, so Ctrl-C reaches only this process, which needs Postgres to finish its work.
  const child = spawn(program, parameters, {
    ...options.account.ids,
    detached: true,
    cwd: options.dataDirectory,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log.fd, log.fd],
  })
  await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error))]).finally(
    () => log.close(),
  )
  return child
}

/** A shell that stops Postgres when this process is killed (kill -9): the pipe to the shell then closes. */
function startWatchdog(pid: number): ChildProcess {
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'watchdog', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watchdog.unref()
  watchdog.on('error', () => undefined)
  watchdog.stdin?.on('error', () => undefined)
  return watchdog
}

async function waitUntilReady(options: ServerOptions, child: ChildProcess): Promise<void> {
  for (let waitedMs = 0; waitedMs < startLimitMs; waitedMs += pollMs) {
    if (child.exitCode !== null || child.signalCode !== null) throw await describeFailure(options.logFile)
    const status = await readFile(join(options.dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '')
    const lines = status.split('\n')
    if (lines[0] === String(child.pid) && lines[readyLine]?.trim() === 'ready') return
    await delay(pollMs)
  }
  child.kill('SIGQUIT')
  throw await describeFailure(options.logFile)
}

async function describeFailure(logFile: string): Promise<Error> {
  const log = await readFile(logFile, 'utf8').catch(() => '')
  return new Error(
    `The embedded Postgres did not start; the end of ${logFile} says:\n${log.trim().split('\n').slice(-5).join('\n')}`,
  )
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGINT')
  const force = setTimeout(() => child.kill('SIGQUIT'), stopLimitMs)
  await exited
  clearTimeout(force)
}
