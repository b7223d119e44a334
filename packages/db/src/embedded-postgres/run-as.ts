import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Spawn options that say under which account Postgres runs; empty when it is our own. */
export interface Account {
  uid?: number
  gid?: number
}

/**
 * Chooses the account: our own, or, for root (whom Postgres refuses), the owner of the existing cluster, else the
 * machine's `postgres` user, which is made when absent.
 */
export async function chooseAccount(clusterDirectory: string): Promise<Account> {
  const owner = await stat(clusterDirectory).catch(() => null)
  const self = process.getuid?.() ?? 0
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Error(
        `The database in ${clusterDirectory} belongs to another user (uid ${owner.uid}): start as that user, or give it to this one with chown -R`,
      )
    }
    return {}
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return (await findPostgresUser()) ?? (await createPostgresUser())
}

async function findPostgresUser(): Promise<{ uid: number; gid: number } | null> {
  const users = await readFile('/etc/passwd', 'utf8')
  const line = users.split('\n').find((entry) => entry.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

async function createPostgresUser(): Promise<Account> {
  try {
    await promisify(execFile)('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres'])
  } catch (cause) {
    throw new Error(
      'Postgres does not run as root, and no user "postgres" could be made for it: start as another user, or set DATABASE_URL',
      { cause },
    )
  }
  const user = await findPostgresUser()
  if (!user) throw new Error('The user "postgres" was made but is not in /etc/passwd: set DATABASE_URL')
  return user
}
