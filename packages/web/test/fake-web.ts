import type { Backlog, Key, ShopHealth } from '@vpn-kiosk/shop'
import { testPolicy } from '@vpn-kiosk/shop/testing'
import type { FastifyInstance } from 'fastify'
import { createWebServer } from '../src/create-web-server.ts'
import { defaultLimits, type WebDeps, type WebLimits, type WebShop } from '../src/web-deps.ts'

export const now = new Date('2026-11-21T09:00:00Z')
export const token = 'abcdefghijklmnopqrstuvwxyz012345'
export const link = 'vless://11111111-1111-4111-8111-111111111111@nl.test:443?type=tcp&security=reality#NL'

export const activeKey: Key = {
  language: 'ru',
  standing: 'active',
  isTrial: false,
  endsAt: new Date('2026-12-21T09:00:00Z'),
  trafficUsedBytes: 12_300_000_000n,
  trafficLimitBytes: 100_000_000_000n,
  deviceLimit: 3,
  subscriptionUrl: `https://shop.test/s/${token}`,
  isPreparing: false,
  ready: { count: 2, of: 2 },
  waysIn: [
    { label: '🇳🇱 Amsterdam', protocol: 'vless', document: { kind: 'link', uri: link } },
    { label: '🇩🇪 Frankfurt', protocol: 'vless', document: { kind: 'link', uri: link.replace('nl.test', 'de.test') } },
  ],
}

export const expiredKey: Key = {
  ...activeKey,
  standing: 'expired',
  endsAt: new Date('2026-11-20T09:00:00Z'),
  waysIn: [],
}
export const preparingKey: Key = { ...activeKey, isPreparing: true, waysIn: [] }
/** Only servers that give each device a file of its own. */
export const devicesKey: Key = { ...activeKey, waysIn: [] }

const backlog: Backlog = {
  undelivered: { paid: 0, trials: 0, oldestPaidAt: null, causes: [] },
  accessesBehind: 3,
  accessAttempts: 7,
  notificationsHeld: 2,
  notificationsQueued: 1,
  webhooksUnhandled: 4,
  cases: { open: 3, oldestAt: new Date('2026-11-21T07:00:00Z') },
  paymentsLastDay: { paid: 5, pending: 6 },
}

export const health: ShopHealth = {
  processes: [],
  undelivered: backlog.undelivered,
  isDeliveryLate: false,
  isDiskFull: false,
  servers: 'none',
}

export interface FakeWeb {
  readonly server: FastifyInstance
  /** Every line that was logged, with its fields. */
  readonly log: readonly string[]
}

interface Options {
  readonly shop?: Partial<WebShop>
  readonly deps?: Partial<WebDeps>
  readonly key?: Key
}

export async function createFakeWeb(options: Options & { limits?: Partial<WebLimits> } = {}): Promise<FakeWeb> {
  const log: string[] = []
  const server = await createWebServer(fakeDeps(options, log), { ...defaultLimits, ...options.limits })
  return { server, log }
}

export function fakeDeps(options: Options = {}, log: string[] = []): WebDeps {
  const write = (fields: object, message: string) => void log.push(`${message} ${describe(fields)}`)
  return {
    shop: { ...fakeShop(options.key ?? activeKey), ...options.shop },
    queue: { depths: async () => [{ name: 'provision-access', waiting: 2, active: 1, oldestSeconds: 30 }] },
    logger: { debug: write, info: write, warn: write, error: write },
    clock: { now: () => now },
    trustedProxies: ['loopback'],
    checks: { database: async () => {} },
    ...options.deps,
  }
}

const names = new Map<string, unknown>([
  ['bot:client', { username: 'shop_bot' }],
  ['bot:support', { username: 'help_bot' }],
])

const fakeShop = (key: Key): WebShop => ({
  policy: testPolicy,
  getShop: async () => ({ name: 'VPN', logoVersion: null }),
  getShopLogo: async () => null,
  getKeyByToken: async (asked) => (asked === token ? key : null),
  receiveWebhook: async () => ({ kind: 'stored' }),
  recall: async <T>(name: string) => (names.get(name) ?? null) as T | null,
  getBacklog: async () => backlog,
  getHealth: async () => health,
})

const describe = (fields: object): string =>
  JSON.stringify(fields, (_name, value) => (value instanceof Error ? `${value.stack} ${JSON.stringify(value)}` : value))

export const browser = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'user-agent': 'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36',
}
