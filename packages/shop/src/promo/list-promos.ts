import { PromoCodeEntity } from '@vpn-kiosk/db'
import { type Money, money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

export interface PromoLine {
  readonly code: string
  readonly days: number
  /** Null of a code that gives days. */
  readonly amount: Money | null
  readonly uses: number
  readonly mostUses: number | null
  readonly isForNewcomers: boolean
  readonly endsAt: Date | null
}

const shown = 20

/** The codes that may be redeemed, the newest first. */
export const listPromos = (deps: Pick<ShopDeps, 'db' | 'policy'>, actor: Actor): Promise<Seen<PromoLine[]>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const rows = await deps.db
      .em()
      .find(PromoCodeEntity, { stoppedAt: null }, { orderBy: { createdAt: 'desc' }, limit: shown })
    return rows.map(({ code, days, amountMinor, currency, uses, mostUses, isForNewcomers, endsAt }) => ({
      code,
      days,
      amount: days > 0 ? null : money(amountMinor, currency),
      uses,
      mostUses,
      isForNewcomers,
      endsAt,
    }))
  })
