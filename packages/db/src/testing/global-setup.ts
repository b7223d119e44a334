import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser address of the Postgres of this test run; a test file makes its own database or schema in it. */
    postgresUrl: string
  }
}

/** One Postgres for a whole test run, in a folder that is thrown away: durability is traded for speed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(await chooseParent(), 'vpn-kiosk-test-'))
  const postgres = await startEmbeddedPostgres({
    directory,
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400'],
  })
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** In memory where there are 2 GB of it: each test file copies a database, which takes ten times as long on a disk. */
async function chooseParent(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => null)
  return memory && memory.bavail * memory.bsize > 2 * 1024 ** 3 ? '/dev/shm' : tmpdir()
}
