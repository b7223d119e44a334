import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type App, createApp, createLogger, readConfig } from '@vpn-kiosk/app'
import { createTestDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { startJobs } from '@vpn-kiosk/jobs'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { startXuiSimulator, type XuiSimulator } from '../src/panels/xui/start-xui-simulator.ts'
import { startTestPaySimulator, type TestPaySimulator } from '../src/providers/test-pay/start-test-pay-simulator.ts'

const owner = 501n
const waiting = 60

let fixture: TestDatabase
let app: App
let provider: TestPaySimulator
let panels: XuiSimulator[]
let line: Awaited<ReturnType<typeof openLine>>

beforeEach(async () => {
  const clock = createSimulatedClock()
  fixture = await createTestDatabase(inject('postgresUrl'))
  provider = await startTestPaySimulator({ clock })
  panels = [
    await startXuiSimulator({ clock, generation: 'modern' }),
    await startXuiSimulator({ clock, generation: 'modern' }),
  ]
  line = await openLine(new URL(panels[0]!.url))
  const environment = {
    DATABASE_URL: fixture.url,
    SECRET_KEY: randomBytes(32).toString('base64'),
    OWNER_TELEGRAM_ID: String(owner),
    PUBLIC_URL: 'http://127.0.0.1:1',
    TEST_PAY_API_URL: provider.apiUrl,
    TEST_PAY_SECRET: provider.secret,
  }
  const logger = createLogger({ name: 'test', level: 'silent' })
  app = await createApp({ config: readConfig(environment), databaseUrl: fixture.url, logger }, { clock })
  await app.shop.seedPlans()
})
afterEach(async () => {
  line.cut()
  await app.close()
  await Promise.all([provider.close(), ...panels.map((panel) => panel.close())])
  await fixture.drop()
})

/** A way to a panel on which, from one moment on, everything is swallowed and nothing answered. */
async function openLine(to: URL) {
  let isSilent = false
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    sockets.add(near.on('error', () => {}))
    if (isSilent) return void near.resume()
    const far = connect(Number(to.port), to.hostname)
    sockets.add(far.on('error', () => {}))
    near.pipe(far).pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(to)
  url.port = String((server.address() as AddressInfo).port)
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: url.href,
    beSilent: () => {
      cut()
      isSilent = true
    },
    cut: () => {
      cut()
      server.close()
    },
  }
}

async function addPanel(name: string, panel: XuiSimulator, url: string): Promise<void> {
  const publicHost = `${name}.example.com`
  const added = await app.shop.addServer(owner, {
    name,
    country: 'NL',
    city: 'Amsterdam',
    host: publicHost,
    capacity: 1000,
    driver: 'xui',
    settings: { url, username: panel.username, inboundIds: [panel.inboundIds[0]], publicHost },
    secrets: { password: panel.password },
  })
  if (added.kind !== 'added') throw new Error(`the server was refused: ${JSON.stringify(added)}`)
}

async function pay(telegramId: bigint): Promise<`pay_${string}`> {
  const { customer } = await app.shop.recognizeCustomer({ telegramId, firstName: 'Anna' })
  const started = await app.shop.startPurchase({
    customerId: customer.id,
    planId: (await app.shop.listPlans())[0]!.id,
    providerId: 'test',
    returnUrl: 'https://t.me/x',
    description: 'VPN',
  })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  await provider.pay(provider.listInvoices().find((invoice) => invoice.paymentId === started.paymentId)!.reference)
  return started.paymentId
}

const isTold = async (paymentId: string): Promise<boolean> =>
  (await app.db.em().execute(`select 1 from notifications where key = ? and state <> 'held'`, [`paid:${paymentId}`]))
    .length > 0

test('a panel that never answers keeps nobody from the key of a panel that does', { timeout: 90_000 }, async () => {
  await addPanel('silent', panels[0]!, line.url)
  line.beSilent()
  for (let index = 0; index < waiting; index++) await app.shop.settlePayment(await pay(1000n + BigInt(index)))
  await addPanel('sound', panels[1]!, panels[1]!.url)
  const jobs = await startJobs(app)

  const took: number[] = []
  for (let index = 0; index < 12; index++) {
    const paymentId = await pay(2000n + BigInt(index))
    const startedAt = performance.now()
    await app.queue.enqueue('settle-payment', { paymentId })
    await expect.poll(() => isTold(paymentId), { interval: 20, timeout: 30_000 }).toBe(true)
    took.push(Math.round(performance.now() - startedAt))
  }
  await jobs.close()
  expect(Math.max(...took)).toBeLessThan(5000)
})
