import { PromoCodeEntity, type PromoCodeRow } from '@vpn-kiosk/db'
import { money, type PlanId, type PromoGift } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sizeOf } from '../discount/read-discounts.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

export interface PromoLine {
  readonly code: string
  readonly gift: PromoGift
  readonly uses: number
  readonly mostUses: number | null
  readonly mostUsesEach: number
  readonly isForNewcomers: boolean
  /** Null: all. */
  readonly plans: readonly PlanId[] | null
  readonly startsAt: Date | null
  readonly endsAt: Date | null
}

const shown = 20

/** The codes that may be redeemed, the newest first; without those that were made many at a time. */
export const listPromos = (deps: Pick<ShopDeps, 'db' | 'policy'>, actor: Actor): Promise<Seen<PromoLine[]>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const rows = await deps.db
      .em()
      .find(PromoCodeEntity, { stoppedAt: null, batchId: null }, { orderBy: { createdAt: 'desc' }, limit: shown })
    return rows.map((row) => ({
      code: row.code,
      gift: giftOf(row),
      uses: row.uses,
      mostUses: row.mostUses,
      mostUsesEach: row.mostUsesEach,
      isForNewcomers: row.isForNewcomers,
      plans: row.planIds ?? null,
      startsAt: row.startsAt ?? null,
      endsAt: row.endsAt,
    }))
  })

function giftOf(row: PromoCodeRow): PromoGift {
  if (row.days > 0) return { kind: 'days', days: row.days }
  if (row.amountMinor > 0n) return { kind: 'balance', amount: money(row.amountMinor, row.currency) }
  return { kind: 'discount', size: sizeOf(row) }
}
