import { type EntityManager, PromoBatchEntity } from '@vpn-kiosk/db'
import { type Id, newId, parsePromoCode, randomText } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { checkDraft, draftColumns, giftInWords, type InvalidPromo, type PromoDraft } from './promo-draft.ts'

/** `code` is what each code begins with; null: nothing is common to them. */
export interface PromosDraft extends PromoDraft {
  readonly count: number
  /** Of the button that was pressed: pressed again, it finds what the first press made. */
  readonly requestId: string
}

export type CreatePromosResult =
  | { readonly kind: 'created'; readonly batchId: Id<'batch'>; readonly count: number }
  | { readonly kind: InvalidPromo | 'invalid_code' | 'invalid_count' }
  | Forbidden

export const mostPromosAtOnce = 5000
const page = 1000
const randomLength = 8

/** Makes many codes at once, each for as many uses as the draft says. */
export async function createPromos(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  draft: PromosDraft,
): Promise<CreatePromosResult> {
  const { count, requestId } = draft
  const prefix = readPrefix(draft.code)
  if (prefix === null) return { kind: 'invalid_code' }
  if (!(Number.isInteger(count) && count >= 1 && count <= mostPromosAtOnce)) return { kind: 'invalid_count' }
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const invalid = await checkDraft(em, draft, now)
    if (invalid) return { kind: invalid }
    const batch = await em
      .getKysely()
      .insertInto('promo_batches')
      .values({ id: newId('batch'), request_id: requestId, prefix, count, stopped_at: null, created_at: now })
      .onConflict((conflict) => conflict.column('request_id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!batch) {
      const made = await em.findOneOrFail(PromoBatchEntity, { requestId })
      return { kind: 'created', batchId: made.id, count: made.count }
    }
    await storeCodes(em, batch.id, draft, { prefix, now })
    const after = { prefix, count, gift: giftInWords(draft.gift) }
    await recordAudit(em, { actor: auditedActor(actor), action: 'create_promos', subject: batch.id, after }, now)
    return { kind: 'created', batchId: batch.id, count }
  })
}

/** `spring` → `SPRING-`; null where no code can begin so. */
function readPrefix(text: string | null): string | null {
  if (text === null) return ''
  const prefix = text.trim().endsWith('-') ? text.trim() : `${text.trim()}-`
  return parsePromoCode(prefix + '0'.repeat(randomLength))?.slice(0, -randomLength) ?? null
}

/** A code that is there already is left out, and another is made in its place. */
async function storeCodes(
  em: EntityManager,
  batchId: Id<'batch'>,
  draft: PromosDraft,
  { prefix, now }: { readonly prefix: string; readonly now: Date },
): Promise<void> {
  for (let missing = draft.count; missing > 0; ) {
    const codes = new Set<string>()
    while (codes.size < Math.min(missing, page)) codes.add(prefix + randomText(randomLength).toUpperCase())
    const columns = draftColumns(draft, now)
    const made = await em
      .getKysely()
      .insertInto('promo_codes')
      .values([...codes].map((code) => ({ id: newId('promo'), code, ...columns, batch_id: batchId })))
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .execute()
    missing -= made.length
  }
}
