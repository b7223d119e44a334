import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLogger, readConfig } from '@vpn-kiosk/app'
import type { Customer, PlanId } from '@vpn-kiosk/domain'
import { createShopDatabase } from '@vpn-kiosk/shop/testing'
import {
  createSimulatedClock,
  type SimulatedClock,
  startTelegramSimulator,
  type TelegramSimulator,
} from '@vpn-kiosk/telegram-simulator'
import { cast } from '../src/cast.ts'
import { startXuiSimulator, type XuiSimulator } from '../src/panels/xui/start-xui-simulator.ts'
import { startYookassaSimulator, type YookassaSimulator } from '../src/providers/yookassa/start-yookassa-simulator.ts'
import { createProcessPool, type ProcessPool } from './process-pool.ts'

/** A shop whose processes are killed one after another; what is outside it, and the database, outlive them. */
export interface KillWorld {
  /** Prepares what is killed, and looks at it afterwards; nothing is killed in this process. */
  readonly app: App
  readonly clock: SimulatedClock
  readonly telegram: TelegramSimulator
  readonly panel: XuiSimulator
  readonly yookassa: YookassaSimulator
  readonly processes: ProcessPool
  planOf(code: 'month' | 'family'): Promise<PlanId>
  addCustomer(): Promise<Customer>
  close(): Promise<void>
}

const owner = BigInt(cast.people.owner.id)

export async function createKillWorld(postgresUrl: string): Promise<KillWorld> {
  const fixture = await createShopDatabase(postgresUrl)
  const clock = createSimulatedClock()
  const telegram = await startTelegramSimulator({ clock })
  telegram.addBot(cast.bots.client)
  const panel = await startXuiSimulator({ clock, generation: 'modern' })
  const yookassa = await startYookassaSimulator({ clock })
  const environment = {
    DATABASE_URL: fixture.url,
    SECRET_KEY: randomBytes(32).toString('base64'),
    OWNER_TELEGRAM_ID: String(owner),
    PUBLIC_URL: 'http://127.0.0.1:1',
    CLIENT_BOT_TOKEN: cast.bots.client.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    YOOKASSA_SHOP_ID: yookassa.shopId,
    YOOKASSA_SECRET_KEY: yookassa.secretKey,
    YOOKASSA_API_URL: yookassa.apiUrl,
    STARS: 'on',
  }
  const logger = createLogger({ name: 'kills', level: 'fatal' })
  const parts = { config: readConfig(environment), databaseUrl: fixture.url, logger }
  const app = await createApp({ ...parts, takesWork: false, supervisesQueue: false }, { clock })
  await stock(app, panel)
  const compiled = await mkdtemp(join(tmpdir(), 'vpn-kiosk-kills-'))
  const processes = createProcessPool({ ...environment, NODE_COMPILE_CACHE: compiled })
  let people = 1_000n
  return {
    app,
    clock,
    telegram,
    panel,
    yookassa,
    processes,
    planOf: async (code) => {
      const plan = (await app.shop.listPlans()).find((one) => one.code === code)
      if (!plan) throw new Error(`there is no plan ${code}`)
      return plan.id
    },
    addCustomer: async () => {
      people += 1n
      const { customer } = await app.shop.recognizeCustomer({ telegramId: people, firstName: 'Anna' })
      return customer
    },
    close: async () => {
      await processes.close()
      await app.close()
      await Promise.all([telegram.close(), panel.close(), yookassa.close()])
      await fixture.drop()
      await rm(compiled, { recursive: true, force: true })
    },
  }
}

/** Plans with a price in stars too, a dearer one to switch to, freezes, and a server. */
async function stock({ shop }: App, panel: XuiSimulator): Promise<void> {
  await shop.seedPlans()
  const month = (await shop.listPlans()).find(({ code }) => code === 'month')
  if (!month) throw new Error('there is no month to sell')
  await shop.updatePlan(owner, month.id, { otherPrices: [{ price: '150', currency: 'XTR' }] })
  await shop.createPlan(owner, {
    code: 'family',
    title: { ru: 'Family', en: 'Family' },
    days: 30,
    price: '598',
    currency: 'RUB',
    otherPrices: [],
    trafficGigabytes: null,
    devices: 10,
    isActive: true,
    isPopular: false,
    position: 9,
  })
  await shop.changeOffer(owner, { freezeDays: 14, freezesPerYear: 2 })
  const host = 'ams-1.example.com'
  const added = await shop.addServer(owner, {
    name: 'ams-1',
    country: 'NL',
    city: 'Amsterdam',
    host,
    capacity: 10_000,
    driver: 'xui',
    settings: { url: panel.url, username: panel.username, inboundIds: [panel.inboundIds[0]], publicHost: host },
    secrets: { password: panel.password },
  })
  if (added.kind !== 'added') throw new Error(`the server was refused: ${JSON.stringify(added)}`)
}
