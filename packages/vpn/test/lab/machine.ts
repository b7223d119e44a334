import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const places = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin']

export const findTool = (name: string): string | null =>
  places.map((place) => join(place, name)).find((path) => existsSync(path)) ?? null

/** Runs a program to its end; its stdout. Throws when it fails. */
export const run = (program: string, ...args: string[]): string =>
  execFileSync(findTool(program) ?? program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Waits for what is about to be true. */
export async function until(what: string, condition: () => boolean, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > end) throw new Error(`gave up waiting until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** A network namespace: a machine of its own as far as the network goes. */
export interface Machine {
  readonly space: string
  run(program: string, ...args: string[]): string
  /** A process that goes on; it ends with the machine at the latest. */
  start(program: string, ...args: string[]): ChildProcess
  /** Whether something listens on a TCP port here. */
  listens(port: number): boolean
  remove(): Promise<void>
}

export function createMachine(space: string): Machine {
  const children: ChildProcess[] = []
  const inside = (program: string, args: string[]): string[] => [
    'netns',
    'exec',
    space,
    findTool(program) ?? program,
    ...args,
  ]
  run('ip', 'netns', 'add', space)
  run('ip', ...inside('ip', ['link', 'set', 'lo', 'up']))
  return {
    space,
    run: (program, ...args) => run('ip', ...inside(program, args)),
    start(program, ...args) {
      const child = spawn('ip', inside(program, args), { stdio: ['ignore', 'pipe', 'pipe'] })
      // Unread, a full pipe would hold the process up.
      child.stdout.resume()
      child.stderr.resume()
      children.push(child)
      return child
    },
    listens: (port) => run('ip', ...inside('ss', ['-ltn'])).includes(`:${port} `),
    async remove() {
      await Promise.all(children.map(stop))
      spawnSync('ip', ['netns', 'delete', space])
    },
  }
}

/** Ends a process that was started here, by its id. */
export async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 2_000)
  await gone
  clearTimeout(force)
}

interface CableEnd {
  /** The name of the interface, at most 15 characters. */
  readonly name: string
  /** Null = this machine itself. */
  readonly machine: Machine | null
  /** With its prefix, e.g. `198.18.7.1/30`. */
  readonly address: string
}

/** Joins two machines. The cable goes when one of them goes. */
export function layCable(a: CableEnd, b: CableEnd): void {
  run('ip', 'link', 'add', a.name, 'type', 'veth', 'peer', 'name', b.name)
  for (const { name, machine, address } of [a, b]) {
    if (machine) run('ip', 'link', 'set', name, 'netns', machine.space)
    const here = machine?.run ?? run
    here('ip', 'address', 'add', address, 'dev', name)
    here('ip', 'link', 'set', name, 'up')
  }
}
