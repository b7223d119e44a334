import { type EntityManager, LockMode, SettingEntity } from '@vpn-kiosk/db'
import { tidyName } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { faceKey, type KeptFace, type KeptLogo, logoKey, type ShopFace, toFace } from './get-shop.ts'
import { type ReadLogoResult, readLogo } from './read-logo.ts'
import { remember } from './remember.ts'

/** What is absent stays as it is; null goes back to the configuration's name, or to no logo. */
export interface ShopChange {
  readonly name?: string | null
  /** A square PNG, JPEG or WebP. */
  readonly logo?: Uint8Array | null
}

export type UpdateShopResult =
  | { readonly kind: 'updated'; readonly shop: ShopFace }
  | { readonly kind: 'invalid_name'; readonly maxLength: number }
  | Exclude<ReadLogoResult, { kind: 'logo' }>
  | Forbidden

/** Telegram's own limit for a bot's name, and what a page's header and an app's list show whole. */
export const maxShopName = 32

/** Gives the shop a name or a logo of its own. */
export async function updateShop(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  change: ShopChange,
): Promise<UpdateShopResult> {
  if (!(await hasPermission(deps, actor, 'change_shop'))) return { kind: 'forbidden' }
  const name = change.name == null ? change.name : oneLine(change.name)
  if (name === '') return { kind: 'invalid_name', maxLength: maxShopName }
  const logo = change.logo ? await readLogo(change.logo) : null
  if (logo && logo.kind !== 'logo') return logo
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_shop', em))) return { kind: 'forbidden' }
    const before = await lockFace(em, deps.clock.now())
    const after: KeptFace = {
      name: name === undefined ? before.name : name,
      logoVersion: change.logo === undefined ? before.logoVersion : (logo?.version ?? null),
    }
    const changedAt = deps.clock.now()
    if (logo) await remember(deps, logoKey, keptLogo(logo), em)
    else if (change.logo === null) await em.nativeDelete(SettingEntity, { key: logoKey })
    await em.nativeUpdate(SettingEntity, { key: faceKey }, { value: after, changedAt })
    const note = { actor: auditedActor(actor), action: 'update_shop', subject: 'shop' }
    await recordAudit(em, { ...note, before: { ...before }, after: { ...after } }, changedAt)
    return { kind: 'updated', shop: toFace(after, deps.policy) }
  })
}

/** One line without control characters; '' when nothing is left of it or it is too long. */
function oneLine(name: string): string {
  const line = tidyName(name, 4 * maxShopName)
  return [...line].length <= maxShopName ? line : ''
}

async function lockFace(em: EntityManager, changedAt: Date): Promise<KeptFace> {
  const nothing: KeptFace = { name: null, logoVersion: null }
  await em.upsert(SettingEntity, { key: faceKey, value: nothing, changedAt }, { onConflictAction: 'ignore' })
  const row = await em.findOneOrFail(SettingEntity, { key: faceKey }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  return row.value as KeptFace
}

const keptLogo = ({ png, version }: ReadLogoResult & { kind: 'logo' }): KeptLogo => ({
  version,
  png: Buffer.from(png).toString('base64'),
})
