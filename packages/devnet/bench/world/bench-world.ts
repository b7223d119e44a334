import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type App, type AppOverrides, createApp, createLogger, readConfig } from '@vpn-kiosk/app'
import { openDatabase } from '@vpn-kiosk/db'
import { startEmbeddedPostgres } from '@vpn-kiosk/db/embedded-postgres'
import { createSimulatedClock, startTelegramSimulator, type TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import getPort from 'get-port'
import { cast } from '../../src/cast.ts'
import { startXuiSimulator, type XuiSimulator } from '../../src/panels/xui/start-xui-simulator.ts'
import {
  startYookassaSimulator,
  type YookassaSimulator,
} from '../../src/providers/yookassa/start-yookassa-simulator.ts'
import { type RunningChild, startChild } from './child-process.ts'

export const processes = ['client', 'support', 'admin', 'web', 'jobs'] as const
type ProcessName = (typeof processes)[number]

/** How `npm start` starts a process: the figures are of no other. */
interface StartSettings {
  readonly script: string
  readonly node_args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

interface StartOptions {
  readonly parameters?: readonly string[]
  readonly extra?: Readonly<Record<string, string>>
}

type BaselineName = 'bare-process' | 'empty-bot' | 'bare-route'

/** The outside of a shop in this process, its database in another, its own processes to be started at will. */
export interface BenchWorld {
  readonly telegram: TelegramSimulator
  readonly panel: XuiSimulator
  readonly yookassa: YookassaSimulator
  readonly webUrl: string
  readonly databaseUrl: string
  readonly postgresPid: number
  /** What the processes are started with. */
  readonly environment: Readonly<Record<string, string>>
  /** Prepares what is measured by processes; the case `scale` measures its verbs. */
  readonly app: App
  /** When `app` last passed this step of a verb (`settle:committed`), as `performance.now()` counts. */
  passedAt(step: string): number
  /** `extra`: variables beside those of the world. */
  startProcess(name: ProcessName, extra?: Readonly<Record<string, string>>): Promise<RunningChild>
  /** Another shop in this process on the same database, with variables of its own. */
  openShop(extra: Readonly<Record<string, string>>): Promise<App>
  startBaseline(name: BaselineName, parameters?: readonly string[]): Promise<RunningChild>
  close(): Promise<void>
}

const project = resolve(import.meta.dirname, '../../../..')
const owner = cast.people.owner.id

/** A database as a shop has it: durable, in a folder that is thrown away at the end. */
export async function createBenchWorld(profileDirectory: string | null): Promise<BenchWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-bench-'))
  const undo: Array<() => Promise<unknown>> = [() => rm(directory, { recursive: true, force: true })]
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') })
    undo.push(postgres.close)
    const outside = await startOutside(undo)
    const webPort = await getPort()
    const environment = environmentOf(outside, { databaseUrl: postgres.url, webPort, directory })
    const passed = new Map<string, number>()
    const app = await openShop(environment, postgres.url, {
      checkpoint: (step) => void passed.set(step, performance.now()),
    })
    undo.push(app.close)
    await addBenchServer(app, outside.panel, 'ams-1')
    const webUrl = `http://127.0.0.1:${webPort}`
    outside.yookassa.setWebhookUrl(`${webUrl}/pay/yookassa`)

    const start = async (name: string, baseline: string | null, { parameters = [], extra = {} }: StartOptions = {}) => {
      const settings = readStartSettings(name)
      const child = await startChild({
        name,
        script: baseline ?? resolve(project, settings.script),
        parameters,
        nodeArguments: settings.node_args,
        environment: { ...settings.env, ...environment, ...extra },
        logFile: join(directory, `${name}.log`),
        profileDirectory,
      })
      undo.push(child.close)
      return child
    }
    return {
      ...outside,
      app,
      passedAt: (step) => passed.get(step) ?? Number.NaN,
      webUrl,
      environment,
      databaseUrl: postgres.url,
      postgresPid: await readPostgresPid(join(directory, 'postgres')),
      startProcess: (name, extra = {}) => start(name, null, { extra }),
      openShop: (extra) => openShop({ ...environment, ...extra }, postgres.url, {}),
      startBaseline: (name, parameters = []) =>
        start(name, join(import.meta.dirname, `../baselines/${name}.ts`), { parameters }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The first line of its own file. */
const readPostgresPid = async (directory: string): Promise<number> =>
  Number.parseInt(await readFile(join(directory, 'data/postmaster.pid'), 'utf8'), 10)

/** Those of the process itself; a bare counterpart has those of the client bot. */
function readStartSettings(name: string): StartSettings {
  const { apps } = createRequire(import.meta.url)(join(project, 'ecosystem.config.cjs')) as {
    apps: readonly (StartSettings & { readonly name: string })[]
  }
  const settings = apps.find((app) => app.name === name) ?? apps.find((app) => app.name === 'client')
  if (!settings) throw new Error('ecosystem.config.cjs knows no process "client"')
  return settings
}

type Outside = Pick<BenchWorld, 'telegram' | 'panel' | 'yookassa'>

async function startOutside(undo: Array<() => Promise<unknown>>): Promise<Outside> {
  const clock = createSimulatedClock()
  const telegram = await startTelegramSimulator({ clock, retainMessagesPerChat: 10 })
  undo.push(telegram.close)
  const panel = await startXuiSimulator({ clock, generation: 'modern' })
  undo.push(panel.close)
  const yookassa = await startYookassaSimulator({ clock })
  undo.push(yookassa.close)
  for (const bot of Object.values(cast.bots)) telegram.addBot(bot)
  for (const person of [cast.people.owner, cast.people.agent]) telegram.people.createPerson(person)
  telegram.people.createGroup({
    id: cast.supportGroup,
    title: 'Support',
    owner,
    bots: [{ bot: `@${cast.bots.support.username}` }],
  })
  return { telegram, panel, yookassa }
}

function environmentOf(
  { telegram, yookassa }: Outside,
  { databaseUrl, webPort, directory }: { databaseUrl: string; webPort: number; directory: string },
): Record<string, string> {
  return {
    CLIENT_BOT_TOKEN: cast.bots.client.token,
    SUPPORT_BOT_TOKEN: cast.bots.support.token,
    ADMIN_BOT_TOKEN: cast.bots.admin.token,
    SUPPORT_GROUP_ID: String(cast.supportGroup),
    OWNER_TELEGRAM_ID: String(owner),
    TELEGRAM_API_ROOT: telegram.apiRoot,
    DATABASE_URL: databaseUrl,
    // Set, if empty: a .env of the machine's own shop must not reach in here.
    REDIS_URL: '',
    CRYPTOBOT_TOKEN: '',
    COINGATE_TOKEN: '',
    HELEKET_MERCHANT: '',
    HELEKET_API_KEY: '',
    TEST_PAY_API_URL: '',
    TEST_PAY_SECRET: '',
    STARS: 'off',
    TRUSTED_PROXIES: 'loopback',
    LOG_LEVEL: 'info',
    SECRET_KEY: randomBytes(32).toString('base64'),
    DATA_DIRECTORY: directory,
    BACKUP_DIRECTORY: join(directory, 'backups'),
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(webPort),
    PUBLIC_URL: `http://127.0.0.1:${webPort}`,
    YOOKASSA_SHOP_ID: yookassa.shopId,
    YOOKASSA_SECRET_KEY: yookassa.secretKey,
    YOOKASSA_API_URL: yookassa.apiUrl,
    YOOKASSA_ALLOWED_IPS: '127.0.0.1',
  }
}

async function openShop(
  environment: Record<string, string>,
  databaseUrl: string,
  overrides: AppOverrides,
): Promise<App> {
  const database = await openDatabase(databaseUrl, 1)
  await database.migrate()
  await database.close()
  const logger = createLogger({ name: 'bench', level: 'error' })
  const app = await createApp({ config: readConfig(environment), databaseUrl, logger }, overrides)
  await app.shop.seedPlans()
  return app
}

export async function addBenchServer(
  { shop }: App,
  panel: XuiSimulator,
  name: string,
  capacity = 100_000,
): Promise<void> {
  const { url, username, password, inboundIds } = panel
  const host = `${name}.example.com`
  const added = await shop.addServer(BigInt(owner), {
    name,
    country: 'NL',
    city: 'Amsterdam',
    host,
    capacity,
    driver: 'xui',
    settings: { url, username, inboundIds: [inboundIds[0]], publicHost: host },
    secrets: { password },
  })
  if (added.kind !== 'added') throw new Error(`the server was refused: ${JSON.stringify(added)}`)
}
