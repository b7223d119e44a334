import { newId, parsePromoCode, randomText } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { checkDraft, draftColumns, giftInWords, type InvalidPromo, type PromoDraft } from './promo-draft.ts'

export type CreatePromoResult =
  | { readonly kind: 'created'; readonly code: string }
  | { readonly kind: InvalidPromo | 'invalid_code' | 'taken' }
  | Forbidden

/** Makes a code that gives days, balance or something off the next purchase. */
export async function createPromo(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  draft: PromoDraft,
): Promise<CreatePromoResult> {
  const code = draft.code === null ? randomText(8).toUpperCase() : parsePromoCode(draft.code)
  if (code === null) return { kind: 'invalid_code' }
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const invalid = await checkDraft(em, draft, now)
    if (invalid) return { kind: invalid }
    const created = await em
      .getKysely()
      .insertInto('promo_codes')
      .values({ id: newId('promo'), code, ...draftColumns(draft, now) })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!created) return { kind: 'taken' }
    const after = { code, gift: giftInWords(draft.gift) }
    await recordAudit(em, { actor: auditedActor(actor), action: 'create_promo', subject: created.id, after }, now)
    return { kind: 'created', code }
  })
}
