import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser address of this test run's Postgres. Each test file creates its own database or schema there. */
    postgresUrl: string
  }
}

/** Starts one Postgres for the whole test run. Its folder is deleted afterwards, so durability is switched off. */
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

/** A folder in memory when 2 GB are free there: each test file copies a database, which is ten times slower on disk. */
async function chooseParent(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => null)
  return memory && memory.bavail * memory.bsize > 2 * 1024 ** 3 ? '/dev/shm' : tmpdir()
}
