import { accessSync, constants, existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { inProject } from './paths.mjs'
import { runQuietly } from './run.mjs'
import { done, note, startProgress } from './terminal.mjs'

const LIMIT_MS = 180_000
const triedFile = inProject('node_modules', '.vpn-kiosk-redis-tried')

/** Tries once to have a redis-server for the tests; says so when they must do without. Returns whether there is one. */
export async function ensureRedis() {
  if (findProgram('redis-server')) return true
  const apt = findApt()
  if (apt && !existsSync(triedFile)) {
    const progress = startProgress('Installing redis-server for the tests (apt-get)')
    const isInstalled = await install(apt)
    progress.end()
    if (isInstalled) {
      done('redis-server installed (for the tests; it is not left running)')
      return true
    }
    writeFileSync(triedFile, '')
  }
  note(
    'No redis-server on this machine: tests that need it are skipped by name (apt-get install redis-server brings them back)',
  )
  return false
}

function findApt() {
  if (!findProgram('apt-get')) return null
  if (process.getuid?.() === 0) return []
  return findProgram('sudo') ? ['sudo', '-n'] : null
}

async function install(prefix) {
  const call = async (...words) => {
    const [program, ...parameters] = [...prefix, ...words]
    return (await runQuietly(program, parameters, { timeoutMs: LIMIT_MS })).status === 0
  }
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-y', '-o', 'Acquire::Retries=1']
  if (!(await call('true'))) return false
  const isThere =
    (await call(...apt, 'install', '--no-install-recommends', 'redis-server')) ||
    ((await call(...apt, 'update')) && (await call(...apt, 'install', '--no-install-recommends', 'redis-server')))
  // The package starts a server; nobody asked for one.
  if (existsSync('/run/systemd/system')) await call('systemctl', 'disable', '--now', 'redis-server')
  return isThere && findProgram('redis-server')
}

function findProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
