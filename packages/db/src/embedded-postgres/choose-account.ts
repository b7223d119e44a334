import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** The account that the Postgres programs run under, and how they are started under it. */
export interface Account {
  /** User and group for `spawn` and for the owner of the cluster's files; absent: those of this process. */
  ids?: { uid: number; gid: number }
  /** The words of the command line that precede the program's path. */
  wrapper: readonly string[]
}

const ourselves: Account = { wrapper: [] }

/**
 * Runs a program as root in a user namespace, where root owns its files but has no privileges. Postgres refuses to run
 * as root; in the namespace Postgres sees user id 1, which has a name on every machine.
 */
const powerlessRoot: Account = { wrapper: ['unshare', '--user', '--map-user=1', '--map-group=1', '--'] }

export interface Places {
  cluster: string
  /** Paths that the account must be able to enter: the folder above the cluster, and the program. */
  entered: readonly string[]
}

/**
 * Chooses the account. A process that is not root uses its own account. Root uses the owner of an existing cluster, or
 * else the machine's `postgres` user, which is created when absent. Where that user cannot enter the folder, as in
 * /root, root runs Postgres without privileges.
 */
export async function chooseAccount(places: Places): Promise<Account> {
  const owner = await stat(places.cluster).catch(() => null)
  const self = process.getuid?.() ?? 0
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Error(
        `The database in ${places.cluster} belongs to another user (uid ${owner.uid}): start as that user, or give it to this one with chown -R`,
      )
    }
    return ourselves
  }
  if (owner?.uid === 0) return givePowersUp(places)
  const ids = owner ? { uid: owner.uid, gid: owner.gid } : await ensurePostgresUser()
  if (ids && (await canEnterAll(ids, places.entered))) return { ids, wrapper: [] }
  if (owner)
    throw new Error(
      `The owner of ${places.cluster} (uid ${owner.uid}) cannot enter it: check the modes of the folders above`,
    )
  return givePowersUp(places)
}

async function givePowersUp(places: Places): Promise<Account> {
  const [program = '', ...parameters] = powerlessRoot.wrapper
  try {
    await promisify(execFile)(program, [...parameters, 'true'])
    return powerlessRoot
  } catch (cause) {
    throw new Error(
      `Postgres does not run as root, and another user cannot enter ${places.cluster}: move the project to a folder that others may enter (such as /opt), start as another user, or set DATABASE_URL`,
      { cause },
    )
  }
}

async function ensurePostgresUser(): Promise<{ uid: number; gid: number } | null> {
  const known = await findPostgresUser()
  if (known) return known
  const flags = ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres']
  await promisify(execFile)('useradd', flags).catch(() => undefined)
  return findPostgresUser()
}

async function findPostgresUser(): Promise<{ uid: number; gid: number } | null> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const line = users.split('\n').find((entry) => entry.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

async function canEnterAll(ids: { uid: number; gid: number }, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    for (let at = path; ; at = dirname(at)) {
      if (!(await mayExecute(ids, at))) return false
      if (at === dirname(at)) break
    }
  }
  return true
}

async function mayExecute({ uid, gid }: { uid: number; gid: number }, path: string): Promise<boolean> {
  const { mode, uid: owner, gid: group } = await stat(path)
  const shift = owner === uid ? 6 : group === gid ? 3 : 0
  return ((mode >> shift) & 1) === 1
}
