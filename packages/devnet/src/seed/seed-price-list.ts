import type { Shop } from '@vpn-kiosk/shop'

/** Prices in euros and stars, so that every provider of the demo sells something. */
const prices: Readonly<Record<string, readonly [euros: string, stars: string]>> = {
  month: ['3.50', '150'],
  quarter: ['8.90', '400'],
  year: ['32.90', '1500'],
}

/** More on the price list than a new shop has: other currencies, and a plan that what is left can be changed to. */
export async function seedPriceList(shop: Pick<Shop, 'listPlans' | 'updatePlan' | 'createPlan'>): Promise<void> {
  for (const { id, code } of await shop.listPlans()) {
    const [euros, stars] = prices[code] ?? []
    if (!euros || !stars) continue
    const otherPrices = [{ price: euros, currency: 'EUR' } as const, { price: stars, currency: 'XTR' } as const]
    await shop.updatePlan('operator', id, { otherPrices })
  }
  await shop.createPlan('operator', {
    code: 'family',
    title: { ru: 'Семья, 1 месяц', en: 'Family, 1 month' },
    days: 30,
    price: '499',
    currency: 'RUB',
    otherPrices: [],
    trafficGigabytes: null,
    devices: 10,
    isActive: true,
    isPopular: false,
    position: 4,
  })
}
