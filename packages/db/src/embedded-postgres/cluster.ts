import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresBinaries } from './binaries.ts'
import type { Account } from './choose-account.ts'

const superuser = 'postgres'

/** Creates the cluster when there is none. Returns the password of its superuser. */
export async function ensureCluster(directory: string, binaries: PostgresBinaries, account: Account): Promise<string> {
  const passwordFile = join(directory, 'password')
  if (await exists(join(directory, 'data'))) return readPassword(passwordFile)

  const password = randomBytes(24).toString('base64url')
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  await give(passwordFile, account)
  await createCluster(directory, passwordFile, binaries, account)
  return password
}

/** Creates the cluster under a temporary name and renames it when complete, so an interrupted start leaves no half. */
async function createCluster(
  directory: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  account: Account,
): Promise<void> {
  const unfinished = join(directory, 'data.unfinished')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await give(unfinished, account)
  const flags = [
    `--pgdata=${unfinished}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The built-in locale provider needs no locale of the machine: a minimal server has only C.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  try {
    const [program = '', ...parameters] = [...account.wrapper, binaries.initdb, ...flags]
    await promisify(execFile)(program, parameters, {
      ...account.ids,
      cwd: unfinished,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    })
  } catch (cause) {
    throw new Error(`The embedded Postgres could not create its database in ${directory}`, { cause })
  }
  await rename(unfinished, join(directory, 'data'))
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    throw new Error(`The password of the embedded Postgres is missing: ${file} must be restored from a backup`, {
      cause,
    })
  }
}

async function give(path: string, account: Account): Promise<void> {
  if (account.ids) await chown(path, account.ids.uid, account.ids.gid)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
