import { createApp, createLogger, readConfig } from '@vpn-kiosk/app'
import { openDatabase } from '@vpn-kiosk/db'
import { startWeb } from '@vpn-kiosk/web'
import getPort from 'get-port'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import { runOperatorScript } from './run-operator-script.ts'
import { openStory, type Story } from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory(inject('postgresUrl'), { bots: [], withJobs: false })
})
afterAll(() => story.end())

const execute = (text: string) => story.devnet.app.db.em().execute(text)

beforeEach(async () => {
  for (const process of story.devnet.app.shop.policy.processes) {
    const copy = { process, host: 'one', pid: 1, version: '1.0.0', startedAt: new Date() }
    await story.devnet.app.shop.recordHeartbeat(copy, 'running')
  }
})
afterEach(async () => {
  await execute(`update servers set state = 'active'`)
  await execute('delete from pending_deliveries')
})

/** What the three say of a shop with these settings: the wrong parts, the figures, the wrong checks. */
async function askAll(changes: Record<string, string> = {}, breakIt = async () => {}) {
  const environment = { ...story.devnet.environment, ...changes }
  const config = readConfig(environment)
  const logger = createLogger({ name: 'health', level: 'silent' })
  const app = await createApp({ config, databaseUrl: story.devnet.environment.DATABASE_URL!, logger })
  const { redis } = app
  const port = await getPort()
  const web = await startWeb({
    ...app,
    host: '127.0.0.1',
    port,
    trustedProxies: [],
    checks: { database: () => app.db.em().execute('select 1') },
    sideChecks: redis ? { redis: () => redis.ping() } : {},
  })
  onTestFinished(() => web.close())
  onTestFinished(() => app.close())
  await breakIt()
  const health = (await (await fetch(`${web.url}/health`)).json()) as Record<string, string>
  const metrics = await (await fetch(`${web.url}/metrics`)).text()
  const doctor = await runOperatorScript('doctor', ['--json'], { environment })
  const findings = JSON.parse(doctor.stdout) as { check: string; status: string }[]
  return {
    status: health.status,
    down: Object.keys(health).filter((part) => health[part] === 'down' && part !== 'status'),
    figure: (name: string) =>
      metrics
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    wrong: findings.filter(({ status }) => status === 'wrong').map(({ check }) => check),
  }
}

test('a shop in which everything works is said to work by all three', async () => {
  const said = await askAll()
  expect([said.status, said.down]).toEqual(['ok', []])
  expect(said.figure('kiosk_servers_serving')).toBe('1')
  expect(said.figure('kiosk_paid_not_delivered_oldest_seconds')).toBe('0')
  expect(said.wrong).not.toEqual(expect.arrayContaining(['deliveries']))
})

test('a process that gives no sign of life is named by all three', async () => {
  await execute(`update process_signs set seen_at = now() - interval '10 minutes' where process = 'jobs'`)
  const said = await askAll()
  expect([said.status, said.down]).toEqual(['degraded', ['jobs']])
  expect(said.figure('kiosk_process_up{process="jobs"}')).toBe('0')
  expect(said.wrong).toContain('process jobs')
})

test('who paid more than five minutes ago and has nothing is spoken of by all three', async () => {
  const { shop } = story.devnet.app
  const { customer } = await shop.recognizeCustomer({ telegramId: 77n, firstName: 'Ann', languageCode: 'ru' })
  await shop.giveDays('operator', customer.id, { days: 30 })
  const wait = (minutes: number) =>
    execute(`insert into pending_deliveries (subscription_id, is_trial, since, awaits_room)
      select id, false, now() - interval '${minutes} minutes', true from subscriptions
      on conflict (subscription_id) do update set is_trial = false, since = excluded.since`)
  await wait(4)
  expect(await askAll()).toMatchObject({ status: 'ok', wrong: expect.not.arrayContaining(['deliveries']) })
  await wait(6)
  const said = await askAll()
  expect([said.status, said.down]).toEqual(['degraded', ['deliveries']])
  expect(said.figure('kiosk_paid_not_delivered')).toBe('1')
  expect(Number(said.figure('kiosk_paid_not_delivered_oldest_seconds'))).toBeGreaterThan(300)
  expect(said.wrong).toContain('deliveries')
})

test('servers of which none serves are spoken of by all three', async () => {
  await execute(`update servers set state = 'down'`)
  const said = await askAll()
  expect([said.status, said.down]).toEqual(['degraded', ['servers']])
  expect(said.figure('kiosk_servers_serving')).toBe('0')
  expect(said.wrong).toContain('room')
})

test('a Redis that is away is spoken of by all three', async () => {
  const said = await askAll({ REDIS_URL: 'redis://127.0.0.1:1' })
  expect([said.status, said.down]).toEqual(['degraded', ['redis']])
  expect(said.figure('kiosk_part_up{part="redis"}')).toBe('0')
  expect(said.wrong).toContain('redis')
})

test('a database that is away is spoken of by all three', async () => {
  const admin = await openDatabase(inject('postgresUrl'), 1)
  const name = new URL(story.devnet.environment.DATABASE_URL!).pathname.slice(1)
  const lock = async () => {
    await admin.em().execute(`alter database ${name} allow_connections false`)
    await admin.em().execute('select pg_terminate_backend(pid) from pg_stat_activity where datname = ?', [name])
  }
  // Before anything that ends a test asks the database.
  const unlock = async () => {
    await admin.em().execute(`alter database ${name} allow_connections true`)
    await admin.close()
  }
  const said = await askAll({}, lock).finally(unlock)
  expect([said.status, said.down]).toEqual(['down', expect.arrayContaining(['database'])])
  expect(said.figure('kiosk_database_up')).toBe('0')
  expect(said.figure('kiosk_part_up{part="database"}')).toBe('0')
  expect(said.wrong).toContain('database')
})
