import { type ChildProcess, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { findTool, type Machine, run, stop, until } from './machine.ts'

/** A WireGuard interface made from a wg-quick file, without wg-quick's hand on this machine's DNS. */
export interface Tunnel {
  up(): Promise<void>
  down(): Promise<void>
}

// The socket of a userspace interface stands in a folder that all namespaces share: names must differ.
const isRunning = (name: string): boolean =>
  spawnSync(findTool('wg') ?? 'wg', ['show', name, 'public-key'], { stdio: 'ignore' }).status === 0

export function createTunnel(machine: Machine, name: string, confPath: string): Tunnel {
  let daemon: ChildProcess | undefined
  return {
    async up() {
      daemon = machine.start('wireguard-go', '-f', name)
      await until(`${name} runs`, () => isRunning(name))
      writeFileSync(`${confPath}.stripped`, run('wg-quick', 'strip', confPath), { mode: 0o600 })
      machine.run('wg', 'setconf', name, `${confPath}.stripped`)
      const conf = readFileSync(confPath, 'utf8')
      machine.run('ip', 'address', 'add', /^Address = (\S+)$/m.exec(conf)?.[1] ?? '', 'dev', name)
      machine.run('ip', 'link', 'set', 'mtu', /^MTU = (\d+)$/m.exec(conf)?.[1] ?? '1280', 'up', 'dev', name)
    },
    async down() {
      await stop(daemon)
      await until(`${name} is gone`, () => !isRunning(name))
    },
  }
}
