import { type Customer, dayMs } from '@vpn-kiosk/domain'
import type {
  BroadcastCard,
  CustomerCard,
  CustomerLine,
  Dashboard,
  EndpointCard,
  PaymentLine,
  ServerLine,
  Settings,
  Shop,
  StaffPlan,
} from '@vpn-kiosk/shop'

const at = new Date('2026-11-21T09:00:00Z')

export const anna: Customer = {
  id: 'cus_anna',
  telegramId: 777n,
  firstName: 'Anna <b>',
  lastName: null,
  username: 'anna',
  language: 'ru',
  isBanned: false,
  isTrialUsed: true,
  referralCode: 'abcd1234',
}

export const annasLine: CustomerLine = { ...anna, standing: 'active', endsAt: at }

export const annasCard: CustomerCard = {
  customer: anna,
  createdAt: at,
  lastActiveAt: at,
  isUnreachable: false,
  subscription: {
    id: 'sub_anna',
    standing: 'active',
    isTrial: false,
    planTitle: { ru: 'Month', en: 'Month' },
    endsAt: new Date('2026-12-21T09:00:00Z'),
    daysLeft: 30,
    leftMs: 30 * dayMs,
    trafficUsedBytes: 1_500_000_000n,
    trafficLimitBytes: 100_000_000_000n,
    devices: 1,
    deviceLimit: 3,
    isPreparing: false,
    subscriptionUrl: 'https://shop.test/s/token',
  },
  renewal: null,
  payments: { count: 2, totals: [{ minor: 59_800n, currency: 'RUB' }], undecided: 0 },
  referrals: { friends: 3, paid: 1 },
  tickets: { total: 1, open: 0 },
  gifts: { given: 0, waiting: 0, received: 0 },
  discount: null,
  accesses: [
    {
      id: 'acc_one',
      serverName: 'ams-1',
      protocol: 'vless',
      deviceName: null,
      state: 'setting_up',
      problem: { cause: 'other', reason: 'panel says <html>' },
      lastSeenAt: null,
    },
  ],
}

export const amsterdam: ServerLine = {
  id: 'srv_ams1',
  name: 'ams-1',
  country: 'NL',
  city: 'Amsterdam',
  cityTitles: { ru: 'Amsterdam (ru)', en: 'Amsterdam' },
  position: 0,
  host: 'ams.test',
  capacity: 100,
  state: 'active',
  health: 'up',
  accesses: 45,
  behind: 2,
  endpoints: [
    {
      id: 'end_ams1',
      driver: 'xui',
      protocol: 'vless',
      health: 'up',
      healthReason: null,
      problems: [],
      probedAt: at,
      version: '3.1.0',
      online: 7,
      cpuPercent: 12,
      memoryPercent: 40,
    },
  ],
}

export const panelCard: EndpointCard = {
  id: 'end_ams1',
  serverId: amsterdam.id,
  serverName: 'ams-1',
  driver: 'xui',
  protocol: 'vless',
  health: 'up',
  settings: { url: 'https://panel.test:2053/base/', username: 'admin', inboundIds: [1, 2] },
  secretNames: ['password'],
}

export const dashboard: Dashboard = {
  at,
  customers: { total: 1200, today: 3 },
  subscriptions: { active: 45, trials: 6 },
  payments: { today: 2 },
  sales: {
    today: [{ minor: 59_800n, currency: 'RUB' }],
    week: [{ minor: 259_800n, currency: 'RUB' }],
    month: [],
  },
  servers: [amsterdam],
  room: { kind: 'open', people: 40, most: 100, held: 60 },
  undelivered: { paid: 0, trials: 0, oldestPaidAt: null, causes: [] },
  waitingAccesses: 2,
  heldNotifications: 1,
  openTickets: 4,
  undecidedPayments: 0,
}

export const monthPlan: StaffPlan = {
  id: 'pln_month',
  code: 'month',
  title: { ru: 'Month (ru)', en: '1 month' },
  days: 30,
  price: { minor: 29_900n, currency: 'RUB' },
  otherPrices: [],
  trafficLimitBytes: 100n * 1024n ** 3n,
  deviceLimit: 3,
  isTrial: false,
  isPopular: false,
  isActive: true,
  position: 1,
}

export const trialPlan: StaffPlan = {
  ...monthPlan,
  id: 'pln_trial',
  code: 'trial',
  title: { ru: 'Trial (ru)', en: 'Trial' },
  price: { minor: 0n, currency: 'RUB' },
  isTrial: true,
}

export const settings: Settings = {
  offer: {
    trialDays: 3,
    referralBonusDays: 7,
    friendBonusDays: 0,
    referralPercent: 0,
    referralPercentSecond: 0,
    isReferralOfEach: true,
    sellsWithoutRoom: true,
    freezeDays: 0,
    graceHours: 0,
    freezesPerYear: 2,
  },
  shop: { name: 'Fast Fox', logoVersion: null },
  trial: { planId: trialPlan.id, trafficLimitBytes: 10n * 1024n ** 3n, deviceLimit: 2 },
  timeZone: 'Europe/Moscow',
  offerChanged: { at, by: 'staff', name: 'Boris' },
  shopChanged: null,
}

export const payment: PaymentLine = {
  id: 'pay_annas',
  state: 'pending',
  amount: { minor: 29_900n, currency: 'RUB' },
  received: null,
  surplus: null,
  refunded: null,
  trouble: null,
  provider: 'yookassa',
  planTitle: { ru: 'Month', en: 'Month' },
  customerName: 'Anna',
  customerId: anna.id,
  createdAt: at,
  paidAt: null,
  decidedAt: null,
}

export const broadcast: BroadcastCard = {
  id: 'brd_news',
  text: 'News & <more>',
  state: 'running',
  createdAt: at,
  startedAt: at,
  finishedAt: null,
  isCounted: true,
  progress: { total: 1000, sent: 480, unreachable: 15, failed: 1, queued: 504, unknown: 0 },
}

const seen = async <T>(value: T) => ({ kind: 'seen' as const, value })

/** A shop with one of everything; a verb that a test neither names nor expects fails it. */
export function fakeShop(verbs: Partial<Shop> = {}): Shop {
  const known: Partial<Shop> = {
    findRole: async () => 'owner',
    remember: async () => {},
    getDashboard: () => seen(dashboard),
    listProcesses: async () => [],
    findPaymentAsStaff: () => seen(null),
    findCustomers: () => seen({ lines: [annasLine], next: null }),
    listCustomers: () => seen({ lines: [annasLine], next: null }),
    getCustomerCard: () => seen(annasCard),
    getSettings: () => seen(settings),
    listPlansAsStaff: () => seen([monthPlan, trialPlan]),
    listServers: () => seen([amsterdam]),
    getServerCard: () => seen(amsterdam),
    getEndpointCard: () => seen(panelCard),
    checkServerName: async () => ({ kind: 'free' }),
    inspectPayments: () => seen({ lines: [payment], olderThan: null, providers: [] }),
    inspectPayment: () => seen(payment),
    listBroadcasts: () => seen([]),
    getBroadcastCard: () => seen(broadcast),
    countRecipients: () => seen({ count: 1000, isExact: true }),
    watchBroadcast: async () => {},
    unwatchMessage: async () => {},
    listStaff: () => seen([]),
    listUnreachableStaff: async () => [],
    resumeStaffNotifications: async () => {},
    ...verbs,
  }
  return new Proxy(known, {
    get: (target, name) => {
      const verb = target[name as keyof Shop]
      if (verb === undefined) throw new Error(`the test's shop has no ${String(name)}`)
      return verb
    },
  }) as Shop
}
