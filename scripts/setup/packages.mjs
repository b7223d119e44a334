import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './run.mjs'

const limitMs = 600_000
/** Packages that start a server when they are installed, with the name of its service, which is then stopped. */
const services = { 'redis-server': 'redis-server', 'openssh-server': 'ssh' }

/** The words before `apt-get` (sudo or none); null when apt-get is missing or this account cannot use it. */
export function findApt() {
  if (!findProgram('apt-get')) return null
  if (process.getuid?.() === 0) return []
  return findProgram('sudo') ? ['sudo', '-n'] : null
}

/** Installs Debian packages without asking. Returns whether apt-get succeeded. */
export async function installPackages(prefix, names) {
  const call = async (...words) => {
    const [program, ...parameters] = [...prefix, ...words]
    return (await runQuietly(program, parameters, { timeoutMs: limitMs })).status === 0
  }
  if (!(await call('true'))) return false
  const running = await findRunning(names)
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-y', '-o', 'Acquire::Retries=1']
  const install = () => call(...apt, 'install', '--no-install-recommends', ...names)
  const isInstalled = (await install()) || ((await call(...apt, 'update')) && (await install()))
  for (const name of names) {
    const service = services[name]
    if (service && !running.has(service) && hasSystemd()) await call('systemctl', 'disable', '--now', service)
  }
  return isInstalled
}

async function findRunning(names) {
  const running = new Set()
  for (const service of names.map((name) => services[name]).filter(Boolean)) {
    if (hasSystemd() && (await runQuietly('systemctl', ['is-active', '-q', service])).status === 0) running.add(service)
  }
  return running
}

const hasSystemd = () => existsSync('/run/systemd/system')

export function findProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
