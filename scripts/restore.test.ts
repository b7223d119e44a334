import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type Database, openDatabase, PlanEntity } from '@vpn-kiosk/db'
import { createTestDatabase, type Template, type TestDatabase } from '@vpn-kiosk/db/testing'
import { createVault, vaultKey } from '@vpn-kiosk/shop'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { runScript } from './testing/run-script.ts'

let folder: string
let fixture: TestDatabase
let environment: Record<string, string>

const secretKey = randomBytes(32).toString('base64')

/** A shop that has plans, and a key that it has seen: made by the script once, and copied for each test. */
const seeded: Template = {
  name: 'kiosk_seeded',
  fill: async (url) => {
    const ended = await runScript('seed-plans', [], { DATABASE_URL: url, SECRET_KEY: secretKey })
    if (ended.status !== 0) throw new Error(ended.stderr)
  },
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-restore-'))
  fixture = await createTestDatabase(inject('postgresUrl'), 10, seeded)
  environment = { DATABASE_URL: fixture.url, SECRET_KEY: secretKey, BACKUP_DIRECTORY: folder }
})
afterEach(async () => {
  await fixture.drop()
  await rm(folder, { recursive: true, force: true })
})

const run = (name: string, ...parameters: string[]) => runScript(name, parameters, environment)

async function takeBackup(): Promise<string> {
  const ended = await run('backup', '--json')
  expect(ended.status).toBe(0)
  return JSON.parse(ended.stdout).file
}

/** What the shop holds now, over a connection that is closed again: restore refuses while others are connected. */
async function readPlans(): Promise<string[]> {
  const db = await openDatabase(fixture.url, 1)
  try {
    return (await db.em().find(PlanEntity, {}, { orderBy: { position: 'asc' } })).map(({ code }) => code)
  } finally {
    await db.close()
  }
}

async function loseAPlan(): Promise<void> {
  const db = await openDatabase(fixture.url, 1)
  await db.em().nativeDelete(PlanEntity, { code: 'year' })
  await db.close()
}

describe('restore', () => {
  test('refuses a database that holds a shop, and with --force brings back what the backup holds', async () => {
    const file = await takeBackup()
    await loseAPlan()
    const refused = await run('restore', file)
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('--force') })
    expect(await readPlans()).toEqual(['trial', 'month', 'quarter'])

    const restored = await run('restore', file, '--force')
    expect(restored).toMatchObject({ status: 0, stdout: expect.stringContaining('plans: 4') })
    expect(await readPlans()).toEqual(['trial', 'month', 'quarter', 'year'])
  })

  test('says in one sentence that its connection broke, and keeps what was there', async () => {
    const file = await takeBackup()
    await fixture.database.transaction(async (em) => {
      await em.execute('lock table plans in share mode')
      const restoring = run('restore', file, '--force', '--while-running')
      const kill = () =>
        fixture.database
          .em()
          .execute(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'vpn-kiosk-restore' and wait_event_type = 'Lock'`,
          )
      await expect.poll(kill, { interval: 100, timeout: 20_000 }).toHaveLength(1)
      const ended = await restoring
      expect(ended).toMatchObject({ status: 1, stdout: '' })
      expect(ended.stderr).toMatch(
        /^✗ The restore broke off, run it again: terminating .* is kept in .*\.backup\.gz\.\n$/,
      )
    })
    expect(await readPlans()).toHaveLength(4)
  })

  test('leaves doctor the backup that it restored from as the last one', async () => {
    const file = await takeBackup()
    expect(await run('restore', file, '--force')).toMatchObject({ status: 0 })
    expect((await run('doctor')).stdout).toContain(`✓ backup: 0 h old, ${file}`)
  })

  test('keeps what it overwrote in a file that restores as well', async () => {
    const file = await takeBackup()
    await loseAPlan()
    const { savedBefore } = JSON.parse((await run('restore', file, '--force', '--json')).stdout)
    expect(await readdir(folder)).toContain(savedBefore.slice(folder.length + 1))
    expect(await run('restore', savedBefore, '--force')).toMatchObject({ status: 0 })
    expect(await readPlans()).toEqual(['trial', 'month', 'quarter'])
  })

  test('refuses while others use the database, unless told otherwise', async () => {
    const file = await takeBackup()
    const shop = await openDatabase(fixture.url, 1)
    try {
      await shop.em().execute('select 1')
      const refused = await run('restore', file, '--force')
      expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run stop') })
      expect(await run('restore', file, '--force', '--while-running')).toMatchObject({ status: 0 })
    } finally {
      await shop.close()
    }
  })

  test.each([
    ['is cut off in its middle', (whole: Buffer) => whole.subarray(0, whole.length - 20)],
    ['is cut off at a line', (whole: Buffer) => gzipSync(gunzipSync(whole).subarray(0, -3))],
    ['is something else', () => gzipSync('Dear diary,\n')],
    ['is not even compressed', () => Buffer.from('Dear diary,\n')],
  ])('touches nothing when the file %s', async (_name, damage) => {
    const file = join(folder, 'damaged.backup.gz')
    await writeFile(file, damage(await readFile(await takeBackup())))
    const refused = await run('restore', file, '--force')
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(file) })
    expect(await readPlans()).toEqual(['trial', 'month', 'quarter', 'year'])
  })

  test.each([
    [[], 'Missing: the file'],
    [['nowhere.gz'], 'cannot be read'],
  ])('%j is wrong usage', async (parameters, sentence) => {
    expect(await run('restore', ...parameters)).toMatchObject({ status: 2, stderr: expect.stringContaining(sentence) })
  })
})

test('backup writes where it is told to', async () => {
  const elsewhere = join(folder, 'deep', 'elsewhere')
  const { file, bytes } = JSON.parse((await run('backup', '--to', elsewhere, '--json')).stdout)
  expect(file).toMatch(new RegExp(`^${elsewhere}/vpn-kiosk-.*\\.backup\\.gz$`))
  expect((await readFile(file)).length).toBe(bytes)
})

test('an encrypted backup restores with its passphrase from .env or a file, and is refused with another before anything is touched', async () => {
  const right = 'correct horse battery staple'
  const withPassphrase = (BACKUP_PASSPHRASE: string, ...parameters: string[]) =>
    runScript('restore', parameters, { ...environment, BACKUP_PASSPHRASE })
  const backup = await runScript('backup', ['--json'], { ...environment, BACKUP_PASSPHRASE: right })
  const { file } = JSON.parse(backup.stdout)
  expect(file).toMatch(/\.backup\.gz\.enc$/)
  await loseAPlan()
  for (const [wrong, sentence] of [
    ['', 'it needs its passphrase'],
    ['correct horse battery stable', 'the passphrase is not the one'],
  ] as const) {
    const refused = await withPassphrase(wrong, file, '--force')
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(sentence) })
  }
  expect(await readPlans()).toEqual(['trial', 'month', 'quarter'])
  const written = join(folder, 'passphrase')
  await writeFile(written, `${right}\n`)
  expect(await withPassphrase('', file, '--force', '--passphrase-file', written)).toMatchObject({ status: 0 })
  expect(await readPlans()).toEqual(['trial', 'month', 'quarter', 'year'])
  expect(await withPassphrase(right, file, '--force')).toMatchObject({ status: 0 })
}, 120_000)

describe('a backup with secrets in it', () => {
  async function takeSealedBackup(): Promise<string> {
    const vault = createVault([vaultKey(Buffer.from(environment.SECRET_KEY ?? '', 'base64'))])
    const em = fixture.database.em()
    await em.execute(`insert into servers (id, name, country, city, host, capacity, state, created_at)
      values ('srv_1', 'ams', 'NL', 'Amsterdam', 'vpn.test', 5, 'active', now())`)
    await em.execute(
      `insert into endpoints (id, server_id, driver, protocol, settings, secrets, health, failures, created_at)
       values ('end_1', 'srv_1', 'xui', 'vless', '{}', ?, 'up', 0, now())`,
      [vault.seal({ password: 'hunter2' }, 'endpoints.secrets:end_1')],
    )
    await fixture.database.close()
    return takeBackup()
  }

  test.each([
    ['no key', '', 'SECRET_KEY is not set'],
    ['another key', randomBytes(32).toString('base64'), 'SECRET_KEY is not the key of this backup'],
  ])('is refused with %s, before anything is touched, unless told otherwise', async (_name, SECRET_KEY, sentence) => {
    const file = await takeSealedBackup()
    await emptyDatabase()
    const restore = (...flags: string[]) => runScript('restore', [file, ...flags], { ...environment, SECRET_KEY })
    for (const refused of [await restore(), await restore('--force')]) {
      expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(sentence) })
      expect(refused.stderr).toContain('--without-key')
    }
    expect(await readTables()).toEqual([])
    const restored = await restore('--without-key')
    expect(restored).toMatchObject({ status: 0, stdout: expect.stringContaining(sentence) })
    expect(await readPlans()).toHaveLength(4)
  })

  test('is not restored over a shop by consent to the missing key alone', async () => {
    const file = await takeSealedBackup()
    await loseAPlan()
    const restore = (...flags: string[]) =>
      runScript('restore', [file, '--without-key', ...flags], { ...environment, SECRET_KEY: '' })
    expect(await restore()).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('--force') })
    expect(await readPlans()).toEqual(['trial', 'month', 'quarter'])
    expect(await restore('--force')).toMatchObject({ status: 0 })
    expect(await readPlans()).toHaveLength(4)
  })

  test('is told from what every shop seals at its first start, though it has sold nothing yet', async () => {
    const vault = createVault([vaultKey(Buffer.from(environment.SECRET_KEY ?? '', 'base64'))])
    await fixture.database
      .em()
      .execute(
        `insert into settings (key, value, changed_at) values ('secret-key', ?, now()) on conflict (key) do update set value = excluded.value`,
        [JSON.stringify(vault.seal('VPN Kiosk', 'settings.value:secret-key'))],
      )
    await fixture.database.close()
    const file = await takeBackup()
    await emptyDatabase()
    const refused = await runScript('restore', [file], { ...environment, SECRET_KEY: '' })
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('SECRET_KEY is not set') })
    expect(await run('restore', file)).toMatchObject({ status: 0 })
  })

  test('is restored with its own key without a word about it', async () => {
    const file = await takeSealedBackup()
    await emptyDatabase()
    const restored = await run('restore', file)
    expect(restored).toMatchObject({ status: 0, stdout: expect.not.stringContaining('SECRET_KEY') })
  })
})

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(fixture.url, 1)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

const emptyDatabase = () =>
  withDatabase((db) =>
    db.em().execute('drop schema public cascade; drop schema if exists pgboss cascade; create schema public'),
  )
const readTables = () =>
  withDatabase((db) =>
    db.em().execute(`select 1 from pg_tables where schemaname = 'public' and tablename <> 'migrations'`),
  )
