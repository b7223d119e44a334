import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { startAdminBot } from '@vpn-kiosk/admin-bot'
import { type App, createApp, type Logger, readConfig } from '@vpn-kiosk/app'
import { startClientBot } from '@vpn-kiosk/client-bot'
import { openDatabase } from '@vpn-kiosk/db'
import type { Language } from '@vpn-kiosk/domain'
import { startJobs } from '@vpn-kiosk/jobs'
import { startSupportBot } from '@vpn-kiosk/support-bot'
import { startWeb } from '@vpn-kiosk/web'
import { type BotName, cast } from './cast.ts'
import { createDevClock, type DevClock } from './clock.ts'
import { startWireguardSimulator, type WireguardSimulator } from './panels/wireguard-simulator.ts'
import { startXuiSimulator, type XuiSimulator } from './panels/xui-simulator.ts'
import { type CryptoPaySimulator, startCryptoPaySimulator } from './providers/crypto-pay/start-crypto-pay-simulator.ts'
import { startTestPaySimulator, type TestPaySimulator } from './providers/test-pay/start-test-pay-simulator.ts'
import { startYookassaSimulator, type YookassaSimulator } from './providers/yookassa/start-yookassa-simulator.ts'
import { seedServers } from './seed/seed-servers.ts'
import { startTelegramSimulator, type TelegramSimulator } from './telegram/index.ts'

export interface DevnetOptions {
  /** An empty or known database. */
  readonly databaseUrl: string
  readonly logger: Logger
  readonly clock?: DevClock
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

export interface Simulators {
  readonly clock: DevClock
  readonly telegram: TelegramSimulator
  readonly panel: XuiSimulator
  readonly wireguard: WireguardSimulator
  readonly yookassa: YookassaSimulator
  readonly cryptobot: CryptoPaySimulator
  readonly testPay: TestPaySimulator
}

/** The whole business in one process, its outside world simulated, its database real. */
export interface Devnet extends Simulators {
  readonly app: App
  readonly webUrl: string
  /** What the processes of a real shop would read from their environment to work in this world. */
  readonly environment: Readonly<Record<string, string>>
  /** Does at once all that the schedule would ask for; for who has just moved the clock. */
  tick(): Promise<void>
  stop(): Promise<void>
}

type Stoppable = { stop(): Promise<unknown> }

export async function createDevnet(options: DevnetOptions): Promise<Devnet> {
  const clock = options.clock ?? createDevClock()
  const world = await startSimulators(clock, options.panelGeneration ?? 'modern')
  populate(world.telegram, options.language)
  const webPort = options.webPort || (await freePort())
  const environment = environmentOf(world, options, webPort)
  await migrate(options.databaseUrl)

  const app = await createApp(
    { config: readConfig(environment), databaseUrl: options.databaseUrl, logger: options.logger },
    { clock },
  )
  await app.shop.seedPlans()
  await seedServers(app, world)
  await options.seed?.(app, world)
  const running: Stoppable[] = []
  const web = await startWeb({
    ...app,
    ...app.config.http,
    checks: { database: () => app.db.em().execute('select 1') },
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
    tick: () => tick(app),
    stop: async () => {
      for (const part of running.reverse()) await part.stop()
      await app.close()
      await stopSimulators(world)
    },
  }
}

async function startSimulators(clock: DevClock, generation: 'legacy' | 'modern'): Promise<Simulators> {
  const [telegram, panel, wireguard, yookassa, cryptobot, testPay] = await Promise.all([
    startTelegramSimulator({ clock }),
    startXuiSimulator({ clock, generation }),
    startWireguardSimulator({ clock }),
    startYookassaSimulator({ clock, shop: cast.bots.client.name }),
    startCryptoPaySimulator({ clock, shop: cast.bots.client.name }),
    startTestPaySimulator({ clock, shop: cast.bots.client.name }),
  ])
  return { clock, telegram, panel, wireguard, yookassa, cryptobot, testPay }
}

async function stopSimulators(world: Simulators): Promise<void> {
  await Promise.all([
    world.telegram.stop(),
    world.panel.close(),
    world.wireguard.close(),
    world.yookassa.stop(),
    world.cryptobot.stop(),
    world.testPay.stop(),
  ])
}

/** The bots, the people, and the support group with its topics. */
function populate(telegram: TelegramSimulator, language?: Language): void {
  for (const bot of Object.values(cast.bots)) telegram.addBot(bot)
  for (const person of Object.values(cast.people)) {
    telegram.people.createPerson({ ...person, languageCode: language ?? person.languageCode })
  }
  telegram.people.createGroup({
    id: cast.supportGroup,
    title: 'VPN Kiosk · Support',
    owner: cast.people.owner.id,
    admins: [cast.people.agent.id],
    bots: [{ bot: `@${cast.bots.support.username}` }],
  })
}

function environmentOf(world: Simulators, options: DevnetOptions, webPort: number): Record<string, string> {
  const { databaseUrl, language = 'ru', publicUrl = `http://127.0.0.1:${webPort}` } = options
  return {
    CLIENT_BOT_TOKEN: cast.bots.client.token,
    SUPPORT_BOT_TOKEN: cast.bots.support.token,
    ADMIN_BOT_TOKEN: cast.bots.admin.token,
    SUPPORT_GROUP_ID: String(cast.supportGroup),
    OWNER_TELEGRAM_ID: String(cast.people.owner.id),
    TELEGRAM_API_ROOT: world.telegram.apiRoot,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: randomBytes(32).toString('base64'),
    HTTP_PORT: String(webPort),
    PUBLIC_URL: publicUrl,
    DEFAULT_LANGUAGE: language,
    YOOKASSA_SHOP_ID: world.yookassa.shopId,
    YOOKASSA_SECRET_KEY: world.yookassa.secretKey,
    YOOKASSA_API_URL: world.yookassa.apiUrl,
    YOOKASSA_ALLOWED_IPS: '127.0.0.1',
    CRYPTOBOT_TOKEN: world.cryptobot.token,
    CRYPTOBOT_API_URL: world.cryptobot.apiUrl,
    TEST_PAY_API_URL: world.testPay.apiUrl,
    TEST_PAY_SECRET: world.testPay.secret,
  }
}

async function migrate(databaseUrl: string): Promise<void> {
  const database = await openDatabase(databaseUrl, 1)
  await database.migrate()
  await database.close()
}

function connectWebhooks(world: Simulators, webUrl: string): void {
  world.yookassa.setWebhookUrl(`${webUrl}/pay/yookassa`)
  world.cryptobot.setWebhookUrl(`${webUrl}/pay/cryptobot`)
  world.testPay.setWebhookUrl(`${webUrl}/pay/test`)
}

async function startBots(app: App, { telegram }: Simulators, names: readonly BotName[]): Promise<Stoppable[]> {
  const common = { ...app, apiRoot: telegram.apiRoot }
  const { client, support, admin } = cast.bots
  const starters: Record<BotName, () => Promise<Stoppable>> = {
    support: () => startSupportBot({ ...common, token: support.token, groupId: cast.supportGroup }),
    client: () => startClientBot({ ...common, token: client.token }),
    admin: () => startAdminBot({ ...common, token: admin.token }),
  }
  const started: Stoppable[] = []
  for (const name of names) started.push(await starters[name]())
  return started
}

async function tick({ shop }: App): Promise<void> {
  await shop.enforceExpiry()
  await shop.sweepPayments()
  await shop.sweepAccesses()
  await shop.remindExpiry()
  await shop.syncUsage()
  await shop.probeServers()
  await shop.sweepNotices()
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
