import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAdminBot } from '@vpn-kiosk/admin-bot'
import { type App, createApp, createLogger, readConfig, waitFor } from '@vpn-kiosk/app'
import { startClientBot } from '@vpn-kiosk/client-bot'
import { isDatabaseAway, openDatabase } from '@vpn-kiosk/db'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@vpn-kiosk/db/embedded-postgres'
import { type ProcessName, processNames } from '@vpn-kiosk/domain'
import { startJobs } from '@vpn-kiosk/jobs'
import { startSupportBot } from '@vpn-kiosk/support-bot'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { startWeb } from '@vpn-kiosk/web'
import getPort from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { environmentOf } from '../src/environment.ts'
import { seedServers } from '../src/seed/seed-servers.ts'
import { connectWebhooks, populate, type Simulators, startSimulators, stopSimulators } from '../src/simulators.ts'
import { createActor } from './story.ts'

/** Three of them are kept for superusers. */
const maxConnections = 14

let directory: string
let postgres: EmbeddedPostgres
let world: Simulators
let url: string
const running: { close(): Promise<unknown> }[] = []
const apps = new Map<ProcessName, App>()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-few-'))
  const settings = ['fsync=off', `max_connections=${maxConnections}`, 'superuser_reserved_connections=3']
  postgres = await startEmbeddedPostgres({ directory, settings })
  url = await asOrdinaryUser(postgres.url)
  world = await startSimulators(createSimulatedClock(), 'modern')
  populate(world.telegram)
}, 60_000)
afterAll(async () => {
  for (const part of running.toReversed()) await part.close()
  await Promise.all([...apps.values()].map((app) => app.close()))
  await stopSimulators(world)
  await postgres.close()
  await rm(directory, { recursive: true, force: true })
}, 60_000)

/** A superuser may use the connections that are kept; a shop is none. */
async function asOrdinaryUser(address: string): Promise<string> {
  const db = await openDatabase(address, 1)
  await db.em().execute(`create role shop login password 'shop' createdb`)
  await db.em().execute(`create database small owner shop`)
  await db.close()
  const own = new URL(address)
  Object.assign(own, { username: 'shop', password: 'shop', pathname: '/small' })
  return own.href
}

async function openAll(environment: Record<string, string>): Promise<void> {
  const config = readConfig(environment)
  const logger = createLogger({ name: 'few', level: 'silent' })
  const { signal } = new AbortController()
  const open = async (name: ProcessName) => {
    const parts = { config, logger, databaseUrl: url, supervisesQueue: name === 'jobs', takesWork: name !== 'web' }
    const app = await waitFor(name, () => createApp(parts), { logger, signal, isWaitedFor: isDatabaseAway })
    apps.set(name, app)
  }
  await Promise.all(processNames.map(open))
}

const appOf = (name: ProcessName): App => apps.get(name)!

test('five processes sell, deliver and answer with the eleven connections of a small Postgres', async () => {
  const environment = environmentOf(world, { databaseUrl: url, webPort: await getPort(), backupDirectory: tmpdir() })
  const db = await openDatabase(url, 1)
  await db.migrate()
  await db.close()
  await openAll(environment)
  await appOf('jobs').shop.seedPlans()
  await seedServers(appOf('jobs'), world)

  const { apiRoot } = world.telegram
  const { client, support, admin } = cast.bots
  running.push(
    await startSupportBot({ ...appOf('support'), apiRoot, token: support.token, groupId: cast.supportGroup }),
    await startClientBot({ ...appOf('client'), apiRoot, token: client.token }),
    await startAdminBot({ ...appOf('admin'), apiRoot, token: admin.token, clientToken: null }),
    await startJobs(appOf('jobs')),
  )
  const web = await startWeb({ ...appOf('web'), ...appOf('web').config.http, checks: {} })
  running.push(web)
  connectWebhooks(world, web.url)

  const people = ['Ann', 'Ben', 'Cid', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal'].map((firstName) => {
    const { id } = world.telegram.people.createPerson({ firstName, languageCode: 'ru' })
    return createActor({ telegram: world.telegram }, id, `@${client.username}`)
  })
  await Promise.all(
    people.map(async (person) => {
      person.start()
      for (const button of [/Купить/, '1 месяц', 'Тестовая']) await person.tap(button)
      await person.sees('Счёт ждёт оплаты', 30_000)
    }),
  )
  expect(world.testPay.listInvoices()).toHaveLength(people.length)
  for (const { reference } of world.testPay.listInvoices()) await world.testPay.pay(reference)
  await Promise.all(people.map((person) => person.sees(/Готово!/, 30_000)))
}, 120_000)
