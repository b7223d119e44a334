import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import getPort from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { environmentOf } from '../src/environment.ts'
import { connectWebhooks, populate, type Simulators, startSimulators, stopSimulators } from '../src/simulators.ts'
import { compareBooks, type PanelDoor } from '../storm/compare-books.ts'
import { shop } from '../storm/customer.ts'
import { copyShop, type LiveShop, shopProcesses } from '../storm/live-shop.ts'
import { addPanel, openSimulatedPanel } from '../storm/panel.ts'

let directory: string
let world: Simulators
let live: LiveShop
let door: PanelDoor

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-live-'))
  world = await startSimulators(createSimulatedClock(), 'modern')
  populate(world.telegram, 'en')
  world.telegram.people.start({ person: cast.people.owner.id, bot: `@${cast.bots.admin.username}` })
  const {
    DATABASE_URL: _,
    SECRET_KEY: __,
    ...environment
  } = environmentOf(world, {
    databaseUrl: '',
    backupDirectory: join(directory, 'backups'),
    webPort: await getPort(),
    language: 'en',
  })
  live = await copyShop(join(directory, 'shop'), environment)
  const { output } = await live.npm('start')
  expect(output).toContain('✓ jobs')
  door = await addPanel(live, openSimulatedPanel(world.panel))
  connectWebhooks(world, environment.PUBLIC_URL ?? '')
}, 120_000)

afterAll(async () => {
  await live?.close()
  await stopSimulators(world)
  await rm(directory, { recursive: true, force: true })
}, 60_000)

test('npm start runs a shop that sells while each of its processes is killed', { timeout: 240_000 }, async () => {
  const bot = `@${cast.bots.client.username}`
  const shopper = { person: cast.people.customer.id, paid: 0, begunAgain: 0 }
  let isOver = false
  const street = { telegram: world.telegram, yookassa: world.yookassa, bot, isOver: () => isOver }
  const shopping = shop(street, shopper)
  for (const part of [...shopProcesses, 'postgres'] as const) {
    await expect.poll(() => live.kill(part), { timeout: 20_000 }).toBe(true)
    await pause(500)
  }
  await expect.poll(() => shopper.paid, { timeout: 60_000 }).toBeGreaterThan(1)
  isOver = true
  await shopping
  // A webhook that the killed web process lost is made up for by the sweep, which asks each minute.
  await expect
    .poll(() => compareBooks(street, live, door, [shopper]), { timeout: 120_000, interval: 1_000 })
    .toMatchObject({
      provider: shopper.paid,
      paid: shopper.paid,
      granted: shopper.paid,
      ...{ accounts: 1, wrongAccounts: 0, wrongEnds: 0, untold: 0, waiting: 0 },
    })
})

test('npm stop ends every process', { timeout: 60_000 }, async () => {
  await live.npm('stop')
  for (const part of shopProcesses) expect(await live.kill(part)).toBe(false)
})
