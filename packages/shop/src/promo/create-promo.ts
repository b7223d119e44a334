import { isBefore, mostPromoDays, newId, type PromoGift, parsePromoCode, randomText } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

export interface PromoDraft {
  /** Null: the shop makes one up. */
  readonly code: string | null
  readonly gift: PromoGift
  /** Null: as often as there are customers. */
  readonly mostUses: number | null
  readonly isForNewcomers: boolean
  readonly endsAt: Date | null
}

export type CreatePromoResult =
  | { readonly kind: 'created'; readonly code: string }
  | { readonly kind: 'invalid_code' | 'invalid_gift' | 'invalid_uses' | 'over_already' | 'taken' }
  | Forbidden

/** In minor units: what one code may give. */
const mostMinor = 10_000_000n

/** Makes a code that gives days or balance. */
export async function createPromo(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  draft: PromoDraft,
): Promise<CreatePromoResult> {
  const { gift, mostUses, isForNewcomers, endsAt } = draft
  const code = draft.code === null ? randomText(8).toUpperCase() : parsePromoCode(draft.code)
  if (code === null) return { kind: 'invalid_code' }
  if (!isGiftInRange(gift)) return { kind: 'invalid_gift' }
  if (mostUses !== null && !(Number.isInteger(mostUses) && mostUses >= 1 && mostUses <= 1_000_000))
    return { kind: 'invalid_uses' }
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    if (endsAt && !isBefore(now, endsAt)) return { kind: 'over_already' }
    const created = await em
      .getKysely()
      .insertInto('promo_codes')
      .values({
        id: newId('promo'),
        code,
        days: gift.kind === 'days' ? gift.days : 0,
        amount_minor: gift.kind === 'balance' ? gift.amount.minor : 0n,
        currency: gift.kind === 'balance' ? gift.amount.currency : 'RUB',
        uses: 0,
        most_uses: mostUses,
        is_for_newcomers: isForNewcomers,
        ends_at: endsAt,
        stopped_at: null,
        created_at: now,
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!created) return { kind: 'taken' }
    const after = { code, gift: JSON.stringify(gift, (_, value) => (typeof value === 'bigint' ? `${value}` : value)) }
    await recordAudit(em, { actor: auditedActor(actor), action: 'create_promo', subject: created.id, after }, now)
    return { kind: 'created', code }
  })
}

const isGiftInRange = (gift: PromoGift): boolean =>
  gift.kind === 'days'
    ? Number.isInteger(gift.days) && gift.days >= 1 && gift.days <= mostPromoDays
    : gift.amount.minor > 0n && gift.amount.minor <= mostMinor
