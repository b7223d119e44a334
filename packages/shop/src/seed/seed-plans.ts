import { PlanEntity } from '@vpn-kiosk/db'
import { newId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { methodsKey } from '../payment/read-methods.ts'
import { remember } from '../setting/remember.ts'

/** As VPN apps and panels count. */
const gigabyte = 1024n ** 3n

const catalogue = [
  {
    code: 'trial',
    ru: 'Пробный период',
    en: 'Trial',
    days: 3,
    price: 0n,
    traffic: 10n * gigabyte,
    devices: 2,
    isTrial: true,
  },
  { code: 'month', ru: '1 месяц', en: '1 month', days: 30, price: 29_900n, traffic: null, devices: 3 },
  {
    code: 'quarter',
    ru: '3 месяца',
    en: '3 months',
    days: 90,
    price: 79_900n,
    traffic: null,
    devices: 5,
    isPopular: true,
  },
  { code: 'year', ru: '1 год', en: '1 year', days: 365, price: 299_900n, traffic: null, devices: 5 },
] as const

/**
 * Puts the default price list in place. A plan whose code exists is left as the shop has made it. Returns the codes added.
 * In a shop that begins, each way to pay of a provider has a button of its own; one that runs keeps what it shows.
 */
export async function seedPlans(deps: Pick<ShopDeps, 'db' | 'clock'>): Promise<string[]> {
  const { db, clock } = deps
  return db.transaction(async (em) => {
    const existing = new Set((await em.find(PlanEntity, {}, { fields: ['code'] })).map((plan) => plan.code))
    const missing = catalogue.filter((plan) => !existing.has(plan.code))
    if (existing.size === 0) await remember(deps, methodsKey, { order: [], methods: {}, areApart: true }, em)
    for (const plan of missing) {
      await em.insert(PlanEntity, {
        id: newId('plan'),
        code: plan.code,
        title: { ru: plan.ru, en: plan.en },
        days: plan.days,
        priceMinor: plan.price,
        currency: 'RUB',
        trafficLimitBytes: plan.traffic,
        deviceLimit: plan.devices,
        isTrial: 'isTrial' in plan,
        isPopular: 'isPopular' in plan,
        position: catalogue.indexOf(plan),
        createdAt: clock.now(),
      })
    }
    return missing.map((plan) => plan.code)
  })
}
