import { AddonEntity, AddonPriceEntity, type AddonRow, type EntityManager } from '@vpn-kiosk/db'
import { type Addon, type AddonId, type Money, money } from '@vpn-kiosk/domain'

/** What staff see of an add-on. */
export interface StaffAddon extends Addon {
  readonly isActive: boolean
}

/** Of each kind the smallest first. */
const order = { kind: 'asc', amount: 'asc', id: 'asc' } as const

/** Add-ons with all their prices: of these ids, those on sale, or all. */
export async function readAddons(
  em: EntityManager,
  which: { readonly ids?: readonly AddonId[]; readonly isActive?: true } = {},
): Promise<StaffAddon[]> {
  const { ids, isActive } = which
  const where = { ...(ids && { id: { $in: [...ids] } }), ...(isActive && { isActive }) }
  const rows = await em.find(AddonEntity, where, { orderBy: order, limit: 200 })
  const prices = await readPrices(em, rows)
  return rows.map(({ id, kind, amount, priceMinor, currency, isActive: isOnSale }) => ({
    id,
    kind,
    amount,
    price: money(priceMinor, currency),
    otherPrices: prices.get(id) ?? [],
    isActive: isOnSale,
  }))
}

async function readPrices(em: EntityManager, addons: readonly AddonRow[]): Promise<ReadonlyMap<AddonId, Money[]>> {
  const prices = new Map<AddonId, Money[]>()
  if (addons.length === 0) return prices
  const addonIds = addons.map(({ id }) => id)
  const rows = await em.find(AddonPriceEntity, { addonId: { $in: addonIds } }, { orderBy: { currency: 'asc' } })
  for (const { addonId, amountMinor, currency } of rows)
    prices.set(addonId, [...(prices.get(addonId) ?? []), money(amountMinor, currency)])
  return prices
}
