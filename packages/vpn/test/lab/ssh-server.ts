import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Machine, run, stop, until } from './machine.ts'

export const sshPort = 2222

/** A real sshd on a machine, with keys of its own; `login` opens it, `stranger` does not. */
export async function startSshServer(machine: Machine, address: string, dir: string) {
  for (const name of ['host', 'other', 'login', 'stranger'])
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(dir, name))
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const settings = [
    `Port ${sshPort}`,
    `ListenAddress ${address}`,
    `HostKey ${join(dir, 'host')}`,
    `AuthorizedKeysFile ${join(dir, 'login.pub')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'LogLevel VERBOSE',
  ]
  const path = join(dir, 'sshd_config')
  writeFileSync(path, `${settings.join('\n')}\n`)
  const log: string[] = []
  let daemon: ChildProcess | undefined
  const start = async (): Promise<void> => {
    daemon = machine.start('sshd', '-D', '-e', '-f', path)
    daemon.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString('utf8')))
    await until('sshd listens', () => machine.listens(sshPort))
  }
  await start()
  return {
    start,
    /** Takes the listener away; sessions that are open go on. */
    close: () => stop(daemon),
    log: () => log.join(''),
    privateKey: (name: 'login' | 'stranger') => readFileSync(join(dir, name), 'utf8'),
    /** As ssh-keygen prints it. */
    fingerprint: (name: 'host' | 'other') => run('ssh-keygen', '-lf', join(dir, `${name}.pub`)).split(' ')[1] ?? '',
  }
}
