import { randomBytes } from 'node:crypto'
import { AuditEntity, ServerEntity } from '@vpn-kiosk/db'
import { createTestDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { runScript } from './testing/run-script.ts'

let fixture: TestDatabase
let environment: Record<string, string>
beforeAll(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'))
  environment = { DATABASE_URL: fixture.url, SECRET_KEY: randomBytes(32).toString('base64') }
  await fixture.database.em().insert(ServerEntity, {
    id: 'srv_amsterdam1',
    name: 'ams-1',
    country: 'NL',
    city: 'Amsterdam',
    cityTitles: null,
    host: 'ams.test',
    capacity: 100,
    state: 'active',
    requestKey: null,
    createdAt: new Date('2026-11-21T09:00:00Z'),
  })
})
afterAll(() => fixture.drop())

const run = (name: string, ...parameters: string[]) => runScript(name, parameters, environment)

test.each([
  ['server-list', 'server:list'],
  ['server-edit', 'server:edit'],
  ['server-delete', 'server:delete'],
])('%s says how it is used, needing nothing', async (file, command) => {
  expect(await runScript(file, ['--help'])).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining(`Usage: npm run ${command}`),
  })
})

test('servers are listed, for people and for programs', async () => {
  expect(await run('server-list')).toMatchObject({
    status: 0,
    stdout: 'ams-1 (srv_amsterdam1): NL Amsterdam, ams.test; active; 0 of 100\n',
  })
  const listed = JSON.parse((await run('server-list', '--json')).stdout)
  expect(listed).toMatchObject({ servers: [{ name: 'ams-1', capacity: 100 }] })
})

test('a server is changed by its name, and what is not named stays', async () => {
  const edited = await run('server-edit', 'ams-1', '--capacity', '250', '--city-en', 'Amsterdam', '--json')
  expect(JSON.parse(edited.stdout)).toEqual({ kind: 'updated', server: 'updated', endpoint: null })
  const server = await fixture.database.em().findOneOrFail(ServerEntity, { name: 'ams-1' })
  expect(server).toMatchObject({ capacity: 250, cityTitles: { en: 'Amsterdam' }, host: 'ams.test' })
  expect(await fixture.database.em().count(AuditEntity, { action: 'update_server' })).toBe(1)
})

test.each([
  [['ams-9', '--capacity', '5'], 1, 'There is no server called ams-9. There are: ams-1.'],
  [['ams-1'], 2, 'Nothing to change was named.'],
  [['ams-1', '--capacity', 'many'], 2, '--capacity must be a whole number.'],
  [['ams-1', '--country', 'Holland'], 2, '--country is not right (see --help).'],
  [['ams-1', '--test'], 1, 'ams-1 has no way in.'],
])('server-edit %j is answered with one sentence', async (parameters, status, sentence) => {
  const ended = await run('server-edit', ...parameters)
  expect([ended.status, ended.stderr.split('\n')[0]]).toEqual([status, `✗ ${sentence}`])
})

test('an empty server is deleted by whoever says yes', async () => {
  expect(await run('server-delete', 'ams-1')).toMatchObject({ status: 2 })
  expect(await run('server-delete', 'ams-1', '--yes')).toMatchObject({
    status: 0,
    stdout: '✓ ams-1 is deleted, with 0 accesses\n',
  })
  expect(await fixture.database.em().count(ServerEntity)).toBe(0)
})
