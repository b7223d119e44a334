import { AddonEntity, AddonPriceEntity, type EntityManager, LockMode } from '@vpn-kiosk/db'
import { type AddonId, type Money, moneyToDecimal } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { writePrices } from '../plan/plan-draft.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { type AddonDraft, checkAddon, type InvalidAddon } from './addon-draft.ts'
import { readAddons, type StaffAddon } from './read-addons.ts'

export type AddonChange = Partial<Pick<AddonDraft, 'price' | 'otherPrices'> & Pick<StaffAddon, 'isActive'>>

export type UpdateAddonResult =
  | { readonly kind: 'updated' | 'unchanged' }
  | { readonly kind: 'unknown_addon' }
  /** Another has changed what `was` names. */
  | { readonly kind: 'changed_meanwhile' }
  | InvalidAddon
  | Forbidden

/**
 * Changes what an add-on costs from now on, or whether it is on sale. What was bought, and an open invoice, stay as they are.
 * `was` is what the writer saw: where it is another by now, nothing is changed.
 */
export async function updateAddon(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  id: AddonId,
  change: AddonChange,
  was: AddonChange = {},
): Promise<UpdateAddonResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    await em.findOne(AddonEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const [addon] = await readAddons(em, { ids: [id] })
    if (!addon) return { kind: 'unknown_addon' }
    const before = written(addon)
    if (!isStill(before, was)) return { kind: 'changed_meanwhile' }
    const { kind, amount } = addon
    const { currency } = addon.price
    const checked = checkAddon({ kind, amount, currency, ...before, ...change })
    if ('kind' in checked) return checked
    const after = written({ ...addon, ...checked, isActive: change.isActive ?? addon.isActive })
    if (JSON.stringify(before) === JSON.stringify(after)) return { kind: 'unchanged' }
    await em.nativeUpdate(AddonEntity, { id }, { priceMinor: checked.price.minor, isActive: after.isActive })
    await storePrices(em, id, checked.otherPrices)
    const note = { actor: auditedActor(actor), action: 'update_addon', subject: id, before, after }
    await recordAudit(em, note, deps.clock.now())
    return { kind: 'updated' }
  })
}

const written = ({ price, otherPrices, isActive }: Pick<StaffAddon, 'price' | 'otherPrices' | 'isActive'>) => ({
  price: moneyToDecimal(price),
  otherPrices: writePrices(otherPrices),
  isActive,
})

const isStill = (before: ReturnType<typeof written>, was: AddonChange): boolean =>
  Object.entries(was).every(
    ([field, value]) => JSON.stringify(before[field as keyof AddonChange]) === JSON.stringify(value),
  )

async function storePrices(em: EntityManager, addonId: AddonId, prices: readonly Money[]): Promise<void> {
  await em.nativeDelete(AddonPriceEntity, { addonId })
  if (prices.length === 0) return
  const rows = prices.map(({ minor, currency }) => ({ addonId, currency, amountMinor: minor }))
  await em.insertMany(AddonPriceEntity, rows)
}
