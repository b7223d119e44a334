import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { type App, createApp, createLogger, readConfig } from '@vpn-kiosk/app'
import { createTestDatabase } from '@vpn-kiosk/db/testing'
import { createDevClock } from '../../src/clock.ts'
import { startXuiSimulator, type XuiSimulator } from '../../src/panels/xui-simulator.ts'
import { startTestPaySimulator, type TestPaySimulator } from '../../src/providers/test-pay/start-test-pay-simulator.ts'

/** A shop whose jobs run in a child process that can be killed; panel, provider and database outlive it. */
export interface CrashWorld {
  readonly app: App
  readonly panel: XuiSimulator
  readonly provider: TestPaySimulator
  /** Starts the jobs; they die at `fatalStep`. Resolves when they take work, or when they are dead already. */
  startJobs(fatalStep: string, aheadMs?: number): Promise<ChildProcess>
  close(): Promise<void>
}

const owner = 501n

export async function createCrashWorld(postgresUrl: string): Promise<CrashWorld> {
  const fixture = await createTestDatabase(postgresUrl)
  const clock = createDevClock()
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
  const added = await app.shop.addServer(owner, {
    name: 'ams-1',
    country: 'NL',
    city: 'Amsterdam',
    host: 'ams-1.example.com',
    capacity: 100,
    driver: 'xui',
    settings: {
      url: panel.url,
      username: panel.username,
      inboundIds: [panel.inboundIds[0]],
      publicHost: 'ams-1.example.com',
    },
    secrets: { password: panel.password },
  })
  if (added.kind !== 'added') throw new Error(`the server was refused: ${JSON.stringify(added)}`)
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
    close: async () => {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await app.close()
      await panel.close()
      await provider.stop()
      await fixture.drop()
    },
  }
}
