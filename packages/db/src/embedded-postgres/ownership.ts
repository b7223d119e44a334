import { readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const pollMs = 50
const leaveLimitMs = 20_000

/**
 * Claims the directory for this process. Throws while another living process serves the directory. Stops a Postgres
 * whose owner was killed (kill -9) and left Postgres running.
 */
export async function takeOwnership(directory: string): Promise<void> {
  const file = join(directory, 'owner.pid')
  const [owner, ownersBirth] = await readOwner(file)
  // After a reboot or in a new container another process may have the owner's pid, so its start time is compared too.
  if (owner !== null && owner !== process.pid && isAlive(owner) && ownersBirth === (await birthOf(owner))) {
    throw new Error(
      `The database in ${directory} is already served by process ${owner}: stop that one first (npm run stop), or use it`,
    )
  }
  await endOrphan(join(directory, 'data'))
  await writeFile(file, `${process.pid}\n${await birthOf(process.pid)}\n`)
}

/** Releases the directory for other processes. */
export async function leaveOwnership(directory: string): Promise<void> {
  await rm(join(directory, 'owner.pid'), { force: true })
}

async function endOrphan(dataDirectory: string): Promise<void> {
  const pidFile = join(dataDirectory, 'postmaster.pid')
  const pid = await readPid(pidFile)
  if (pid === null) return
  // After a reboot another process may have this pid: only a process whose working directory is this one is Postgres.
  if (!(await worksIn(pid, dataDirectory))) return rm(pidFile, { force: true })
  process.kill(pid, 'SIGINT')
  for (let waitedMs = 0; isAlive(pid); waitedMs += pollMs) {
    if (waitedMs >= leaveLimitMs) throw new Error(`An old Postgres (process ${pid}) does not end: kill it by hand`)
    await delay(pollMs)
  }
}

async function worksIn(pid: number, directory: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  return readlink(`/proc/${pid}/cwd`).then(
    (path) => path === directory,
    () => false,
  )
}

async function readOwner(file: string): Promise<[pid: number | null, birth: string]> {
  const [, birth = ''] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  return [await readPid(file), birth]
}

/** The boot and the tick at which a process started: a later process with the same pid differs. Empty when unknown. */
async function birthOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ''
  const [boot, stat] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
  ])
  // proc(5): the second field is the name in brackets and may contain spaces; the third field follows the last bracket.
  const startTick = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return `${boot.trim()} ${startTick}`
}

async function readPid(file: string): Promise<number | null> {
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  return pid > 0 ? pid : null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
