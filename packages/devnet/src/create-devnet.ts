import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAdminBot } from '@vpn-kiosk/admin-bot'
import { type App, createApp, type Logger, readConfig } from '@vpn-kiosk/app'
import { startClientBot } from '@vpn-kiosk/client-bot'
import { openDatabase } from '@vpn-kiosk/db'
import type { Language } from '@vpn-kiosk/domain'
import { startJobs } from '@vpn-kiosk/jobs'
import { startSupportBot } from '@vpn-kiosk/support-bot'
import { createSimulatedClock, type SimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { startWeb } from '@vpn-kiosk/web'
import getPort from 'get-port'
import { type BotName, cast } from './cast.ts'
import { environmentOf } from './environment.ts'
import { runDue } from './run-due.ts'
import { seedServers } from './seed/seed-servers.ts'
import { connectWebhooks, populate, type Simulators, startSimulators, stopSimulators } from './simulators.ts'

export interface DevnetOptions {
  /** An empty or known database. */
  readonly databaseUrl: string
  readonly logger: Logger
  readonly clock?: SimulatedClock
  /** Of the web process; 0 or absent = any free one. */
  readonly webPort?: number
  /** Where people reach the web process, when that is not where it listens. */
  readonly publicUrl?: string
  /** What the cast and the shop speak, when that is not Russian with one English guest. */
  readonly language?: Language
  /** Runs after the shop is there and before the bots and jobs start: a seeded history. */
  readonly seed?: (app: App, world: Simulators) => Promise<void>
  /** The generation of the simulated panel ('modern'). */
  readonly panelGeneration?: 'legacy' | 'modern'
  /** Which bots to start (all). */
  readonly bots?: readonly BotName[]
  /** False: no jobs run, as if their process were down. */
  readonly withJobs?: boolean
}

/** The whole business in one process, its outside world simulated, its database real. */
export interface Devnet extends Simulators {
  readonly app: App
  readonly webUrl: string
  /** What the processes of a real shop would read from their environment to work in this world. */
  readonly environment: Readonly<Record<string, string>>
  /** Does at once all that the schedule would ask for; for who has just moved the clock. */
  tick(): Promise<void>
  close(): Promise<void>
}

type Closable = { close(): Promise<unknown> }

export async function createDevnet(options: DevnetOptions): Promise<Devnet> {
  const clock = options.clock ?? createSimulatedClock()
  const world = await startSimulators(clock, options.panelGeneration ?? 'modern')
  populate(world.telegram, options.language)
  const webPort = options.webPort || (await getPort())
  // Never those of a shop on this machine.
  const backupDirectory = join(tmpdir(), `vpn-kiosk-devnet-${randomUUID()}`)
  const environment = environmentOf(world, { ...options, webPort, backupDirectory })
  await migrate(options.databaseUrl)

  const app = await createApp(
    { config: readConfig(environment), databaseUrl: options.databaseUrl, logger: options.logger },
    { clock },
  )
  await app.shop.seedPlans()
  await seedServers(app, world)
  await hireAgent(app)
  await options.seed?.(app, world)
  const running: Closable[] = []
  const web = await startWeb({
    ...app,
    ...app.config.http,
    checks: { database: app.db.ping },
  })
  running.push(web)
  connectWebhooks(world, web.url)
  running.push(...(await startBots(app, world, options.bots ?? ['support', 'client', 'admin'])))
  if (options.withJobs !== false) running.push(await startJobs(app))

  return {
    ...world,
    app,
    webUrl: web.url,
    environment,
    tick: async () => {
      world.telegram.people.chargeSubscriptions()
      await runDue(app.shop)
    },
    close: async () => {
      for (const part of running.reverse()) await part.close()
      await app.close()
      await stopSimulators(world)
      await rm(backupDirectory, { recursive: true, force: true })
    },
  }
}

async function migrate(databaseUrl: string): Promise<void> {
  const database = await openDatabase(databaseUrl, 1)
  await database.migrate()
  await database.close()
}

async function hireAgent({ shop }: App): Promise<void> {
  const { id, firstName: name } = cast.people.agent
  await shop.addStaff('operator', { telegramId: BigInt(id), name, role: 'support' })
}

async function startBots(app: App, { telegram }: Simulators, names: readonly BotName[]): Promise<Closable[]> {
  const common = { ...app, apiRoot: telegram.apiRoot }
  const { client, support, admin } = cast.bots
  const starters: Record<BotName, () => Promise<Closable>> = {
    support: () => startSupportBot({ ...common, token: support.token, groupId: cast.supportGroup }),
    client: () => startClientBot({ ...common, token: client.token }),
    admin: () => startAdminBot({ ...common, token: admin.token, clientToken: client.token }),
  }
  const started: Closable[] = []
  for (const name of names) started.push(await starters[name]())
  return started
}
