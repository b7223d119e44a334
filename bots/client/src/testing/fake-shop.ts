import { type Customer, dayMs, money, type Plan } from '@vpn-kiosk/domain'
import type { Key, Offer, Shop, SubscriptionSummary } from '@vpn-kiosk/shop'

/** A price list of two, as the seed makes it. */
export const monthPlan: Plan = {
  id: 'pln_month000000000000000',
  code: 'month',
  title: { ru: 'Mesyats', en: '1 month' },
  days: 30,
  price: money(29_900n, 'RUB'),
  otherPrices: [],
  trafficLimitBytes: null,
  deviceLimit: 3,
  isTrial: false,
  isPopular: false,
}

const quarterPlan: Plan = {
  ...monthPlan,
  id: 'pln_quarter0000000000000',
  code: 'quarter',
  title: { ru: '3 mesyatsa', en: '3 months' },
  days: 90,
  price: money(79_900n, 'RUB'),
  deviceLimit: 5,
  isPopular: true,
}

/** The month with a code: a fifth off, to the end of the year. */
export const springPlan: Plan = {
  ...monthPlan,
  price: money(23_920n, 'RUB'),
  discount: {
    cause: 'promo',
    promoId: 'prm_spring00000000000000',
    code: 'SPRING',
    endsAt: new Date('2026-12-31T21:00:00Z'),
    list: { price: monthPlan.price, otherPrices: [] },
  },
}

export const anna: Customer = {
  id: 'cus_anna0000000000000000',
  telegramId: 5551n,
  firstName: 'Anna',
  lastName: null,
  username: null,
  language: 'en',
  isBanned: false,
  isTrialUsed: false,
  referralCode: 'annacode',
}

export const activeSubscription: SubscriptionSummary = {
  id: 'sub_anna0000000000000000',
  standing: 'active',
  isTrial: false,
  planTitle: monthPlan.title,
  endsAt: new Date('2026-12-21T10:00:00Z'),
  daysLeft: 30,
  leftMs: 30 * dayMs,
  trafficUsedBytes: 3_200_000_000n,
  trafficLimitBytes: null,
  devices: 0,
  deviceLimit: 3,
  isPreparing: false,
  subscriptionUrl: 'https://vpn.example/s/0123456789abcdefghjkmnpqrstvwxyz',
}

const link = (host: string) =>
  `vless://2f0c1d5e-7a41-4f58-9d6e-0a5a3c9d1b77@${host}:443?type=tcp&security=reality&pbk=Z84J2IelR9ch3k8VtlVhhs5ycBUlXA7wHBWcBrjqnAw&fp=chrome&sni=example.com&sid=6ba85179e30d4fc2&flow=xtls-rprx-vision#VPN`

export const readyKey: Key = {
  language: 'en',
  standing: 'active',
  isTrial: false,
  endsAt: activeSubscription.endsAt,
  trafficUsedBytes: 0n,
  trafficLimitBytes: null,
  deviceLimit: 3,
  subscriptionUrl: activeSubscription.subscriptionUrl,
  isPreparing: false,
  ready: { count: 2, of: 2 },
  waysIn: [
    { label: '🇳🇱 Amsterdam', protocol: 'vless', document: { kind: 'link', uri: link('ams.example') } },
    { label: '🇩🇪 Frankfurt', protocol: 'vless', document: { kind: 'link', uri: link('fra.example') } },
  ],
}

/** Many servers: more than a caption holds. */
export const wideKey: Key = {
  ...readyKey,
  waysIn: Array.from({ length: 6 }, (_, at) => ({
    label: `🇳🇱 City ${at + 1}`,
    protocol: 'vless' as const,
    document: { kind: 'link' as const, uri: link(`city-${at + 1}.example`) },
  })),
}

/** Each of these providers collects a plan's own price. */
export const offering =
  (...providers: readonly string[]): Shop['listPaymentMethods'] =>
  async ({ price }) =>
    providers.map((provider) => ({ provider, amount: price, percent: 0, title: {} }))

/** What the shop gives away. */
export const offer: Offer = {
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
}

const basics: Partial<Shop> = {
  policy: {
    shopName: 'VPN',
    defaultLanguage: 'ru',
    languages: ['ru', 'en'],
    timeZone: 'Europe/Moscow',
    trialDays: 3,
    referralBonusDays: 7,
    publicUrl: 'https://vpn.example',
    ownerTelegramId: null,
    backupDirectory: '/nowhere',
    filledFolders: [],
    processes: [],
    retentionDays: {},
  },
  listPaymentMethods: offering('yookassa', 'cryptobot'),
  getShop: async () => ({ name: 'VPN', logoVersion: null }),
  getShopLogo: async () => null,
  findTrial: async () => ({ days: 3, trafficLimitBytes: 10n * 1024n ** 3n, deviceLimit: 2, price: null }),
  followKeyMessage: async () => {},
  rememberInvoiceMessage: async () => {},
  forgetInvoiceMessage: async () => {},
  recognizeCustomer: async () => ({ customer: anna, subscription: null, isNew: false }),
  listPlans: async () => [monthPlan, quarterPlan],
  suggestPlan: async () => monthPlan,
  canSwitchPlan: async () => false,
  listAddons: async () => null,
  findLastMethod: async () => null,
  getFreeze: async () => null,
  getTerms: async () => ({ documents: { offer: {}, privacy: {} }, isRequired: false, version: 1 }),
  previewPurchase: async () => null,
  checkRoom: async () => 'served',
  readOffer: async () => offer,
  listRequiredChannels: async () => [],
  recall: async () => null,
  findHeldPromo: async () => null,
  getReceiptEmail: async () => ({ email: null, isNeeded: false }),
  quoteCoins: async () => null,
  getBalance: async () => ({ amounts: [], lines: [] }),
}

/** Anna writes, who has this. */
export const has = (subscription: SubscriptionSummary | null): Pick<Shop, 'recognizeCustomer'> => ({
  recognizeCustomer: async () => ({ customer: anna, subscription, isNew: false }),
})

/** A shop that knows only the verbs a test gives it; any other fails by name. */
export function fakeShop(verbs: Partial<Shop> = {}): Shop {
  const { listPlans = async () => [] }: Partial<Shop> = { ...basics, ...verbs }
  const findPlan: Shop['findPlan'] = async (customerId, planId) =>
    (await listPlans(customerId)).find(({ id }) => id === planId) ?? null
  const known: Partial<Shop> = { findPlan, ...basics, ...verbs }
  return new Proxy(known, {
    get: (target, name) => {
      const verb = target[name as keyof Shop]
      if (verb === undefined) throw new Error(`the test gave no verb ${String(name)}`)
      return verb
    },
  }) as Shop
}
