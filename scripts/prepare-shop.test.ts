import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@vpn-kiosk/db'
import { createTestDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { runScript } from './testing/run-script.ts'

let folder: string
let fixture: TestDatabase

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-prepare-'))
  fixture = await createTestDatabase(inject('postgresUrl'))
})
afterEach(async () => {
  await fixture.drop()
  await rm(folder, { recursive: true, force: true })
})

const envFile = () => join(folder, 'env')
const run = (name: string, parameters: string[], changes: Record<string, string> = {}) =>
  runScript(name, parameters, { DATABASE_URL: fixture.url, BACKUP_DIRECTORY: join(folder, 'backups'), ...changes })
const prepare = (changes?: Record<string, string>) => run('prepare-shop', ['--key-file', envFile()], changes)

/** Empties the database and migrates all but what comes after the first migrations. */
async function goBackTo(count: number): Promise<void> {
  const names = await fixture.database.appliedMigrations()
  const em = fixture.database.em()
  await em.execute('drop schema public cascade; create schema public')
  const db = await openDatabase(fixture.url, 1)
  await db.migrate(names.slice(0, count))
  await db.close()
}

describe('the first start', { timeout: 90_000 }, () => {
  test('makes a SECRET_KEY that nobody else can read, and the second keeps to it', async () => {
    const first = await prepare()
    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining('SECRET_KEY made') })
    expect((await stat(envFile())).mode & 0o777).toBe(0o600)
    const [, key = ''] = (await readFile(envFile(), 'utf8')).match(/^SECRET_KEY=(.+)$/m) ?? []
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
    const second = await prepare({ SECRET_KEY: key })
    expect(second).toMatchObject({ status: 0, stdout: '✓ The database is up to date\n' })
  })
})

describe('a key', { timeout: 90_000 }, () => {
  test('that was lost is not replaced while the database holds what it sealed', async () => {
    expect(await prepare()).toMatchObject({ status: 0 })
    await rm(envFile())
    const ended = await prepare()
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/^✗ SECRET_KEY is missing from \.env, and the database holds secrets/)
    expect(await readdir(folder)).not.toContain('env')
  })

  test('that is not the right one is refused in one sentence, here and by every script', async () => {
    expect(await prepare()).toMatchObject({ status: 0 })
    const wrong = { SECRET_KEY: randomBytes(32).toString('base64') }
    for (const ended of [await prepare(wrong), await run('seed-plans', [], wrong)]) {
      expect(ended).toMatchObject({ status: 2, stdout: '' })
      expect(ended.stderr).toMatch(/^✗ SECRET_KEY is not the key that this database was sealed with: [^\n]*\n$/)
      expect(ended.stderr).not.toContain(wrong.SECRET_KEY)
    }
  })
})

describe('an update', { timeout: 90_000 }, () => {
  const key = { SECRET_KEY: randomBytes(32).toString('base64') }

  test('backs up what is there before it migrates', async () => {
    await goBackTo(2)
    const ended = await prepare(key)
    expect(ended.stderr).toBe('')
    expect(ended).toMatchObject({ status: 0, stdout: expect.stringMatching(/is kept in .*before-update-/) })
    expect(await readdir(join(folder, 'backups'))).toEqual([expect.stringMatching(/^before-update-.*\.backup\.gz$/)])
    expect(await fixture.database.pendingMigrations()).toEqual([])
  })

  test('that fails leaves everything as it was and says the way back', async () => {
    await goBackTo(3)
    const em = fixture.database.em()
    await em.execute('create table process_signs (id int)')
    await em.execute(`insert into settings values ('release:last', '"abc1234"', now())`)
    const before = await fixture.database.appliedMigrations()
    const ended = await prepare(key)
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toContain('the database is as it was before')
    expect(ended.stderr).toContain('git checkout abc1234 && npm start')
    expect(ended.stderr).toContain('git switch main && git pull && npm start')
    expect(ended.stderr).toMatch(/npm run restore -- .*before-update-.*\.backup\.gz --force/)
    expect(await fixture.database.appliedMigrations()).toEqual(before)
  })

  test('back past a migration that was applied is refused in one sentence, by migrate too', async () => {
    await fixture.database.em().execute(`insert into migrations (name) values ('2099-01-01-future')`)
    for (const ended of [await prepare(key), await run('migrate', ['--json'], key)]) {
      expect(ended.status).toBe(1)
      expect(ended.stdout + ended.stderr).toContain(
        'A newer version of the shop has migrated this database (2099-01-01-future)',
      )
    }
  })
})
