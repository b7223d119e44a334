import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { processorMs, residentBytes } from './processor-time.ts'

/** A process of the shop, or its bare counterpart. */
export interface RunningChild {
  readonly name: string
  readonly pid: number
  /** From the spawn to its word that it works. */
  readonly readyMs: number
  /** What it said: 'ready', or what a bare counterpart has to tell. */
  readonly word: unknown
  /** Resident bytes now. */
  memory(): number
  /** Processor time since its start, in its own code and in the kernel's for it. */
  processorMs(): number
  /** Asks it to end and waits; by force after 12 s. */
  close(): Promise<void>
}

export interface ChildPlan {
  readonly name: string
  readonly script: string
  readonly parameters?: readonly string[]
  /** For Node itself, before the script. */
  readonly nodeArguments?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Gets what it prints; shown when it fails. */
  readonly logFile: string
  readonly profileDirectory: string | null
}

const startLimitMs = 60_000
const endLimitMs = 12_000

/** Starts a Node process with nothing of our own environment. Resolves when it says that it is ready. */
export async function startChild(plan: ChildPlan): Promise<RunningChild> {
  const log = openSync(plan.logFile, 'w')
  const profiling = plan.profileDirectory ? ['--cpu-prof', `--cpu-prof-dir=${plan.profileDirectory}`] : []
  const spawnedAt = performance.now()
  const child = fork(plan.script, plan.parameters ?? [], {
    env: { PATH: '', ...plan.environment },
    execArgv: [...(plan.nodeArguments ?? []), ...profiling],
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const word = await firstWord(child, plan)
  return {
    name: plan.name,
    pid: child.pid ?? 0,
    readyMs: performance.now() - spawnedAt,
    word,
    memory: () => residentBytes(child.pid ?? 0),
    processorMs: () => processorMs(child.pid ?? 0),
    close: () => end(child),
  }
}

async function firstWord(child: ChildProcess, { name, logFile }: ChildPlan): Promise<unknown> {
  const timeout = new AbortController()
  const outcome = await Promise.race([
    once(child, 'message').then(([message]: unknown[]) => ({ message })),
    once(child, 'exit').then(() => null),
    pause(startLimitMs, null, { signal: timeout.signal }).catch(() => null),
  ])
  timeout.abort()
  if (outcome) return outcome.message
  await end(child)
  throw new Error(`${name} did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  const force = setTimeout(() => child.kill('SIGKILL'), endLimitMs)
  child.kill('SIGTERM')
  await gone
  clearTimeout(force)
}
