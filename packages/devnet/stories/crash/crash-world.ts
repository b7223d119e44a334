import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { type App, createApp, createLogger, readConfig } from '@vpn-kiosk/app'
import { createShopDatabase } from '@vpn-kiosk/shop/testing'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { startXuiSimulator, type XuiSimulator } from '../../src/panels/xui/start-xui-simulator.ts'
import { startTestPaySimulator, type TestPaySimulator } from '../../src/providers/test-pay/start-test-pay-simulator.ts'
import type { VerbCall } from './verb-calls.ts'

/** A shop whose jobs run in a child process that can be killed; panel, provider and database outlive it. */
export interface CrashWorld {
  readonly app: App
  readonly panel: XuiSimulator
  readonly provider: TestPaySimulator
  /** Starts the jobs; they die at `fatalStep`. Resolves when they take work, or when they are dead already. */
  startJobs(fatalStep: string, aheadMs?: number): Promise<ChildProcess>
  /** Has a child process call one verb and die at `fatalStep`; how it ended: `SIGKILL`, or null when it came to its end. */
  callVerb(call: VerbCallInChild): Promise<NodeJS.Signals | null>
  /** One more server on a panel of its own. */
  addServer(name: string): Promise<void>
  close(): Promise<void>
}

export interface VerbCallInChild {
  readonly fatalStep: string
  readonly verb: VerbCall
  readonly parameters?: readonly string[]
  readonly aheadMs?: number
}

const owner = 501n

export async function createCrashWorld(postgresUrl: string): Promise<CrashWorld> {
  const fixture = await createShopDatabase(postgresUrl)
  const clock = createSimulatedClock()
  const panel = await startXuiSimulator({ clock, generation: 'legacy' })
  const provider = await startTestPaySimulator({ clock })
  const environment = {
    DATABASE_URL: fixture.url,
    SECRET_KEY: randomBytes(32).toString('base64'),
    OWNER_TELEGRAM_ID: String(owner),
    PUBLIC_URL: 'http://127.0.0.1:1',
    TEST_PAY_API_URL: provider.apiUrl,
    TEST_PAY_SECRET: provider.secret,
  }
  const logger = createLogger({ name: 'test', level: 'fatal' })
  const app = await createApp({ config: readConfig(environment), databaseUrl: fixture.url, logger }, { clock })
  await app.shop.seedPlans()
  const panels = [panel]
  await addServerOn(app, panel, 'ams-1')
  const children: ChildProcess[] = []
  return {
    app,
    panel,
    provider,
    startJobs: async (fatalStep, aheadMs = 0) => {
      const child = fork(join(import.meta.dirname, 'jobs-child.ts'), [fatalStep, String(aheadMs)], {
        env: { ...environment, PATH: '' },
      })
      children.push(child)
      await Promise.race([once(child, 'message'), once(child, 'exit')])
      return child
    },
    callVerb: async ({ fatalStep, verb, parameters = [], aheadMs = 0 }) => {
      const child = fork(
        join(import.meta.dirname, 'verb-child.ts'),
        [fatalStep, String(aheadMs), verb, ...parameters],
        {
          env: { ...environment, PATH: '' },
        },
      )
      children.push(child)
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
      if (code) throw new Error(`${verb} failed in its process`)
      return signal
    },
    addServer: async (name) => {
      const another = await startXuiSimulator({ clock, generation: 'legacy' })
      panels.push(another)
      await addServerOn(app, another, name)
    },
    close: async () => {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await app.close()
      for (const each of panels) await each.close()
      await provider.close()
      await fixture.drop()
    },
  }
}

async function addServerOn(app: App, panel: XuiSimulator, name: string): Promise<void> {
  const host = `${name}.example.com`
  const added = await app.shop.addServer(owner, {
    name,
    country: 'NL',
    city: 'Amsterdam',
    host,
    capacity: 100,
    driver: 'xui',
    settings: { url: panel.url, username: panel.username, inboundIds: [panel.inboundIds[0]], publicHost: host },
    secrets: { password: panel.password },
  })
  if (added.kind !== 'added') throw new Error(`the server was refused: ${JSON.stringify(added)}`)
}
