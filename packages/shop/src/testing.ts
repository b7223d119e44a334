import { randomBytes } from 'node:crypto'
import { EndpointEntity, ServerEntity } from '@vpn-kiosk/db'
import { createTestDatabase, type Template, type TestDatabase } from '@vpn-kiosk/db/testing'
import { addMs, type Clock, type Customer, money, newId, type PaymentProvider, type ServerId } from '@vpn-kiosk/domain'
import { openQueue, type Queue } from '@vpn-kiosk/queue'
import { createShop, type Shop } from './create-shop.ts'
import type { Policy, ShopDeps } from './deps.ts'
import { createVault } from './secrets/vault.ts'
import { createEndpointPool } from './server/endpoint-pool.ts'
import { createFakeDriver, type FakeDriver } from './testing/fake-driver.ts'
import { createFakeProvider, type FakeProvider } from './testing/fake-provider.ts'

export { createFakeCardProvider, type FakeCardProvider } from './testing/fake-card-provider.ts'
export { createFakeDriver, type FakeDriver } from './testing/fake-driver.ts'
export { createFakeProvider, type FakeProvider } from './testing/fake-provider.ts'

export interface TestClock extends Clock {
  advance(ms: number): void
}

/** The whole business on a real Postgres, with fakes at the two ports and a clock that the test owns. */
export interface TestShop {
  readonly shop: Shop
  readonly deps: ShopDeps
  readonly clock: TestClock
  readonly queue: Queue
  readonly fixture: TestDatabase
  readonly provider: FakeProvider
  /** One account a subscription, on the server that `addServer` makes by default. */
  readonly vless: FakeDriver
  /** One account a device. */
  readonly wireguard: FakeDriver
  /** The same business with this provider in place of the fake one's. */
  shopWith(provider: PaymentProvider): Shop
  addCustomer(name?: string, referralCode?: string): Promise<Customer>
  addServer(driver?: FakeDriver, capacity?: number): Promise<ServerId>
  /** Opens an invoice for the plan of this code and returns the payment's id and the provider's reference. */
  openInvoice(customer: Customer, planCode?: string): Promise<{ paymentId: `pay_${string}`; reference: string }>
  /** Settles, grants and retries until nothing is behind or `rounds` are over. */
  processAll(rounds?: number): Promise<void>
  close(): Promise<void>
}

export const testPolicy: Policy = {
  shopName: 'VPN',
  defaultLanguage: 'ru',
  languages: ['ru', 'en'],
  timeZone: 'Europe/Moscow',
  trialDays: 3,
  referralBonusDays: 7,
  publicUrl: 'https://shop.test',
  ownerTelegramId: 1n,
  backupDirectory: '/nonexistent',
  filledFolders: ['/nonexistent'],
  retentionDays: {},
  processes: ['client', 'support', 'admin', 'web', 'jobs'],
}

export interface TestShopOptions {
  readonly checkpoint?: ShopDeps['checkpoint']
  readonly policy?: Partial<Policy>
  /** A database that was filled before; the shop drops it when it closes. */
  readonly fixture?: TestDatabase
  readonly startsAt?: Date
  /** 32 bytes: what the database holds sealed was sealed with them. */
  readonly vaultKey?: Uint8Array
}

const withQueue: Template = {
  name: 'kiosk_with_queue',
  fill: async (url) => (await openQueue({ url, onError: () => {} })).close(),
}

/** A database in which the queue has been opened before: to make its tables takes longer than most tests. */
export const createShopDatabase = (postgresUrl: string): Promise<TestDatabase> =>
  createTestDatabase(postgresUrl, 10, withQueue)

export async function createTestShop(postgresUrl: string, options: TestShopOptions = {}): Promise<TestShop> {
  const fixture = options.fixture ?? (await createShopDatabase(postgresUrl))
  let now = options.startsAt ?? new Date('2026-11-21T09:00:00Z')
  const clock: TestClock = {
    now: () => now,
    advance: (ms) => {
      now = addMs(now, ms)
    },
  }
  const queue = await openQueue({ url: fixture.url, onError: () => {} })
  const provider = createFakeProvider()
  const vless = createFakeDriver('fake-vless', 'subscription')
  const wireguard = createFakeDriver('fake-wireguard', 'device')
  const drivers = new Map([vless, wireguard].map((kind) => [kind.id, kind]))
  const vault = createVault([{ id: 'test', key: options.vaultKey ?? randomBytes(32) }])
  const deps: ShopDeps = {
    db: fixture.database,
    queue,
    clock,
    vault,
    providers: new Map([[provider.id, provider]]),
    drivers,
    endpoints: createEndpointPool({ drivers, vault, clock, rests: { db: fixture.database, queue } }),
    policy: { ...testPolicy, ...options.policy },
    checkpoint: options.checkpoint ?? (() => {}),
  }
  const shop = createShop(deps)
  await shop.seedPlans()
  let people = 1000n
  return {
    shop,
    deps,
    clock,
    queue,
    fixture,
    provider,
    vless,
    wireguard,
    shopWith: (other) => createShop({ ...deps, providers: new Map([[other.id, other]]) }),
    addCustomer: async (name = 'Anna', referralCode) => {
      people += 1n
      return (await shop.recognizeCustomer({ telegramId: people, firstName: name, languageCode: 'ru' }, referralCode))
        .customer
    },
    addServer: (driver = vless, capacity = 100) => insertServer(deps, driver, capacity),
    openInvoice: (customer, planCode = 'month') => openInvoice(deps, shop, customer, planCode),
    processAll: (rounds = 5) => processAll(deps, shop, rounds),
    close: async () => {
      await queue.close(1000)
      await fixture.drop()
    },
  }
}

async function insertServer(deps: ShopDeps, driver: FakeDriver, capacity: number): Promise<ServerId> {
  const at = deps.clock.now()
  const id = newId('server')
  const endpointId = newId('endpoint')
  const em = deps.db.em()
  await em.insert(ServerEntity, {
    id,
    name: id,
    country: 'NL',
    city: 'Amsterdam',
    cityTitles: null,
    host: 'vpn.test',
    capacity,
    state: 'active',
    requestKey: null,
    createdAt: at,
  })
  await em.insert(EndpointEntity, {
    id: endpointId,
    serverId: id,
    driver: driver.id,
    protocol: driver.protocols[0]!,
    settings: {},
    secrets: deps.vault.seal({}, `endpoints.secrets:${endpointId}`),
    health: 'up',
    healthReason: null,
    probedAt: null,
    version: null,
    online: null,
    cpuPercent: null,
    memoryPercent: null,
    requestKey: null,
    wishAfter: null,
    createdAt: at,
  })
  return id
}

async function openInvoice(deps: ShopDeps, shop: Shop, customer: Customer, planCode: string) {
  const plan = (await shop.listPlans()).find((one) => one.code === planCode)!
  const [providerId] = deps.providers.keys()
  const result = await shop.startPurchase({
    customerId: customer.id,
    planId: plan.id,
    providerId: providerId!,
    returnUrl: 'https://t.me/shop',
    description: 'test',
  })
  if (result.kind !== 'invoice') throw new Error(`expected an invoice, got ${result.kind}`)
  return { paymentId: result.paymentId, reference: `inv-${result.paymentId}` }
}

/** What the jobs process does, without its waiting: pending payments, then every access that is behind. */
async function processAll(deps: ShopDeps, shop: Shop, rounds: number): Promise<void> {
  const db = deps.db.getKysely()
  for (let round = 0; round < rounds; round++) {
    const payments = await db.selectFrom('payments').select('id').where('state', 'in', ['created', 'pending']).execute()
    for (const { id } of payments) await shop.recheckPayment(id)
    const behind = await db
      .selectFrom('accesses')
      .select('id')
      .whereRef('applied_revision', '<', 'desired_revision')
      .execute()
    if (behind.length === 0) return
    for (const { id } of behind) await shop.provisionAccess(id)
  }
}

export const roubles = (amount: number) => money(BigInt(Math.round(amount * 100)), 'RUB')
