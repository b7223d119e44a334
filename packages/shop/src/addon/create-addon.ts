import { AddonEntity, sql } from '@vpn-kiosk/db'
import { type AddonId, newId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { type AddonDraft, checkAddon, type InvalidAddon } from './addon-draft.ts'

export type CreateAddonResult = { readonly kind: 'created'; readonly addonId: AddonId } | InvalidAddon | Forbidden

/** Makes an add-on that is not on sale yet. `requestId` is of the button: a double tap makes one. */
export async function createAddon(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  draft: Omit<AddonDraft, 'otherPrices'>,
  requestId: string,
): Promise<CreateAddonResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const checked = checkAddon({ ...draft, otherPrices: [] })
    if ('kind' in checked) return checked
    await sql`select pg_advisory_xact_lock(hashtext(${`addon:${requestId}`}))`.execute(em.getKysely())
    const known = await em.findOne(AddonEntity, { requestId })
    if (known) return { kind: 'created', addonId: known.id }
    const id = newId('addon')
    const { kind, amount, currency } = draft
    const now = deps.clock.now()
    const priceMinor = checked.price.minor
    await em.insert(AddonEntity, { id, requestId, kind, amount, priceMinor, currency, isActive: false, createdAt: now })
    const after = { kind, amount, price: `${draft.price} ${currency}`, isActive: false }
    await recordAudit(em, { actor: auditedActor(actor), action: 'create_addon', subject: id, after }, now)
    return { kind: 'created', addonId: id }
  })
}
