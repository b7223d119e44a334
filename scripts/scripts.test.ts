import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AuditEntity, openDatabase, StaffEntity } from '@vpn-kiosk/db'
import { createTestDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { runScript } from './testing/run-script.ts'

const names = ['create-admin', 'add-server', 'seed-plans', 'backup', 'restore', 'rotate-key', 'migrate', 'doctor']
const secretKey = randomBytes(32).toString('base64')

test.each(names)('%s says how it is used, needing nothing', async (name) => {
  const ended = await runScript(name, ['--help'])
  expect(ended).toMatchObject({ status: 0, stderr: '' })
  expect(ended.stdout).toMatch(new RegExp(`^Usage: npm run ${name}`))
})

test.each(names)('%s answers an unknown flag with a sentence that names it, and 2', async (name) => {
  const ended = await runScript(name, ['--bogus'])
  expect(ended).toEqual({
    status: 2,
    stdout: '',
    stderr: `✗ Unknown option '--bogus'.\n  npm run ${name} -- --help says how.\n`,
  })
})

test.each(['seed-plans', 'doctor'])('%s names a malformed setting, never its value, with 2', async (name) => {
  const ended = await runScript(name, [], { DATABASE_URL: 'mysql://root:hunter2@db' })
  expect(ended.status).toBe(2)
  expect(ended.stderr).toContain('DATABASE_URL is not a Postgres address')
  expect(ended.stdout + ended.stderr).not.toContain('hunter2')
})

test.each([
  [[], 'Missing: --telegram-id, --name.'],
  [['--telegram-id', '-5'], "Option '--telegram-id' argument is ambiguous."],
  [['--telegram-id', 'max', '--name', 'x'], '--telegram-id must be a positive whole number.'],
  [['--role', 'king'], '--role must be one of: owner, admin, support.'],
  [['Max'], '"Max" is one word too many.'],
])('create-admin %j is answered with one sentence and 2', async (parameters, sentence) => {
  const ended = await runScript('create-admin', parameters)
  expect(ended.status).toBe(2)
  expect(ended.stderr).toBe(`✗ ${sentence}\n  npm run create-admin -- --help says how.\n`)
})

describe('on a database', () => {
  let fixture: TestDatabase
  let environment: Record<string, string>
  beforeAll(async () => {
    fixture = await createTestDatabase(inject('postgresUrl'))
    environment = { DATABASE_URL: fixture.url, SECRET_KEY: secretKey, OWNER_TELEGRAM_ID: '501' }
  })
  afterAll(() => fixture.drop())

  const createAdmin = (...parameters: string[]) => runScript('create-admin', parameters, environment)

  test('create-admin adds a person once and changes the role the second time', async () => {
    const person = ['--telegram-id', '9007199254740993', '--name', 'Max']
    expect(await createAdmin(...person)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('has the role admin'),
    })
    const again = await createAdmin(...person, '--role', 'support', '--json')
    expect(again).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(again.stdout)).toEqual({ kind: 'changed', telegramId: '9007199254740993', role: 'support' })
    const rows = await fixture.database.em().find(StaffEntity, {})
    expect(rows).toMatchObject([{ telegramId: 9007199254740993n, name: 'Max', role: 'support' }])
    const audited = await fixture.database.em().find(AuditEntity, { action: 'add_staff' })
    expect(audited.map(({ actorTelegramId }) => actorTelegramId)).toEqual([null, null])
  })

  test('create-admin makes another owner', async () => {
    expect(await createAdmin('--telegram-id', '502', '--name', 'Partner', '--role', 'owner')).toMatchObject({
      status: 0,
    })
    expect(await fixture.database.em().count(StaffEntity, { telegramId: 502n, role: 'owner' })).toBe(1)
  })

  test('create-admin refuses a lesser role for the owner of the configuration', async () => {
    const ended = await createAdmin('--telegram-id', '501', '--name', 'Olga', '--role', 'support')
    expect(ended.status).toBe(1)
    expect(ended.stderr).toContain('may do everything already')
  })

  test('a failure is JSON too for a program that asked for JSON', async () => {
    const ended = await createAdmin('--json')
    expect(ended).toMatchObject({ status: 2, stderr: '' })
    expect(JSON.parse(ended.stdout)).toEqual({ error: 'Missing: --telegram-id, --name.' })
  })

  test('seed-plans adds the price list once', async () => {
    const first = await runScript('seed-plans', ['--json'], environment)
    expect(JSON.parse(first.stdout)).toEqual({ added: ['trial', 'month', 'quarter', 'year'] })
    const second = await runScript('seed-plans', ['--json'], environment)
    expect(second.status).toBe(0)
    expect(JSON.parse(second.stdout)).toEqual({ added: [] })
  })

  test('a database that does not answer is named with 1 and without its password', async () => {
    const url = 'postgresql://kiosk:hunter2@127.0.0.1:1/kiosk'
    const ended = await runScript('seed-plans', [], { ...environment, DATABASE_URL: url })
    expect(ended.status).toBe(1)
    expect(ended.stderr).toContain('ECONNREFUSED')
    expect(ended.stdout + ended.stderr).not.toContain('hunter2')
  })
})

describe('a failure begins with the variable to look at', () => {
  const names = ['prepare-shop', 'migrate', 'backup', 'restore']
  let folder: string
  let fixture: TestDatabase
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-scripts-'))
    fixture = await createTestDatabase(inject('postgresUrl'))
    await fixture.database.close()
    expect(await run('seed-plans')).toMatchObject({ status: 0 })
    expect(await run('backup', ['--to', folder])).toMatchObject({ status: 0 })
    await writeFile(join(folder, 'a-file'), '')
  })
  afterAll(async () => {
    await fixture.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const run = (name: string, parameters: string[] = [], changes = {}) =>
    runScript(name, parameters, { DATABASE_URL: fixture.url, SECRET_KEY: secretKey, ...changes })
  const findBackup = async () => join(folder, (await readdir(folder)).find((one) => one.endsWith('.gz')) ?? '')
  const runEach = async (changes: Record<string, string>) => {
    const file = await findBackup()
    return Promise.all(names.map((name) => run(name, name === 'restore' ? [file, '--force'] : [], changes)))
  }

  test('a database that does not answer', async () => {
    for (const ended of await runEach({ DATABASE_URL: 'postgresql://kiosk:hunter2@127.0.0.1:1/kiosk' }))
      expect(ended).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^✗ DATABASE_URL: [^\n]*REFUSED/) })
  })

  test('a folder of data that cannot be made', async () => {
    for (const ended of await runEach({ DATABASE_URL: '', DATA_DIRECTORY: join(folder, 'a-file', 'data') }))
      expect(ended).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^✗ DATA_DIRECTORY: ENOTDIR/) })
  })

  test('a folder of backups that cannot be made', async () => {
    const changes = { BACKUP_DIRECTORY: join(folder, 'a-file', 'backups') }
    const sentence = expect.stringMatching(/^✗ BACKUP_DIRECTORY: ENOTDIR/)
    expect(await run('backup', [], changes)).toEqual({ status: 1, stdout: '', stderr: sentence })
    const restored = await run('restore', [await findBackup(), '--force'], changes)
    expect(restored).toEqual({ status: 1, stdout: '', stderr: sentence })
    const told = await run('backup', ['--to', changes.BACKUP_DIRECTORY])
    expect(told).toMatchObject({ status: 1, stderr: expect.stringMatching(/^✗ --to: ENOTDIR/) })
    const db = await openDatabase(fixture.url, 1)
    await db.em().execute(`delete from migrations where id = (select max(id) from migrations)`)
    await db.close()
    for (const name of ['migrate', 'prepare-shop'])
      expect(await run(name, [], changes)).toEqual({ status: 1, stdout: '', stderr: sentence })
  })
})

test('every script serves an embedded database that nobody serves', { timeout: 300_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-scripts-'))
  const environment = { DATA_DIRECTORY: folder, SECRET_KEY: secretKey }
  try {
    const early = await runScript('seed-plans', [], environment)
    expect(early).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run migrate') })
    expect(await runScript('migrate', [], environment)).toMatchObject({ status: 0 })
    expect(await runScript('seed-plans', [], environment)).toMatchObject({ status: 0 })
    const backup = await runScript('backup', ['--json'], environment)
    expect(backup).toMatchObject({ status: 0 })
    const { file } = JSON.parse(backup.stdout)
    const restored = await runScript('restore', [file, '--force', '--json'], environment)
    expect(restored).toMatchObject({ status: 0 })
    expect(JSON.parse(restored.stdout)).toMatchObject({ tables: { plans: 4 } })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
