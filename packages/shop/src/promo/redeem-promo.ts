import {
  CustomerEntity,
  type EntityManager,
  HeldDiscountEntity,
  LockMode,
  PromoCodeEntity,
  type PromoCodeRow,
  sql,
} from '@vpn-kiosk/db'
import {
  type CustomerId,
  creditPosting,
  type DiscountSize,
  type Money,
  money,
  type PlanId,
  parsePromoCode,
} from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { judgePromo, type PromoStanding } from '../discount/judge-promo.ts'
import { sizeOf } from '../discount/read-discounts.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type RedeemPromoResult =
  | { readonly kind: 'days'; readonly days: number; readonly endsAt: Date | null }
  | { readonly kind: 'balance'; readonly amount: Money }
  /** Off the next purchase: remembered until it is used, dropped or over. `plans`: null where it is off all. */
  | {
      readonly kind: 'discount'
      readonly code: string
      readonly size: DiscountSize
      readonly plans: readonly PlanId[] | null
      readonly endsAt: Date | null
    }
  /** `unknown`: no such code, or one that was stopped. */
  | { readonly kind: 'unknown' | 'banned' | Exclude<PromoStanding, 'valid'> }

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault' | 'policy' | 'checkpoint'>

/**
 * Gives a customer what a code promises. Days and balance are given once, and never more often than the code has uses,
 * whoever races; what is off a purchase is remembered, and used by the order that is paid.
 */
export async function redeemPromo(deps: Deps, customerId: CustomerId, typed: string): Promise<RedeemPromoResult> {
  const code = parsePromoCode(typed)
  if (code === null) return { kind: 'unknown' }
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const customer = await em.findOneOrFail(
      CustomerEntity,
      { id: customerId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    if (customer.bannedAt) return { kind: 'banned' }
    const promo = await em.findOne(PromoCodeEntity, { code, stoppedAt: null })
    if (!promo) return { kind: 'unknown' }
    // Under the customer's lock: two presses see one another.
    const standing = await judgePromo(em, promo, customerId, now)
    if (standing !== 'valid') return { kind: standing }
    if (promo.percent > 0 || promo.offMinor > 0n) return hold(em, promo, customerId, now)
    if (!(await takeUse(em, promo))) return { kind: 'used_up' }
    await em
      .getKysely()
      .insertInto('promo_uses')
      .values({ promo_id: promo.id, customer_id: customerId, used_at: now })
      .execute()
    const given = await give(deps, em, promo, customerId, now)
    deps.checkpoint('promo:before-commit')
    return given
  })
}

/** In place of the code that the customer entered before. */
async function hold(
  em: EntityManager,
  promo: PromoCodeRow,
  customerId: CustomerId,
  now: Date,
): Promise<RedeemPromoResult> {
  await em.upsert(HeldDiscountEntity, {
    customerId,
    cause: 'promo',
    promoId: promo.id,
    percent: 0,
    heldAt: now,
    endsAt: null,
  })
  const { code, endsAt, planIds } = promo
  return { kind: 'discount', code, size: sizeOf(promo), plans: planIds ?? null, endsAt }
}

async function takeUse(em: EntityManager, promo: PromoCodeRow): Promise<boolean> {
  const taken = await em
    .getKysely()
    .updateTable('promo_codes')
    .set({ uses: sql<number>`uses + 1` })
    .where('id', '=', promo.id)
    .where('stopped_at', 'is', null)
    .where(sql<boolean>`(most_uses is null or uses < most_uses)`)
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

async function give(
  deps: Deps,
  em: EntityManager,
  promo: PromoCodeRow,
  customerId: CustomerId,
  now: Date,
): Promise<RedeemPromoResult> {
  const key = `promo:${promo.id}:${customerId}`
  if (promo.days === 0) {
    const amount = money(promo.amountMinor, promo.currency)
    const posting = { key: `credit:${key}`, entries: creditPosting(customerId, amount) }
    await writePosting(em, { paymentId: null, at: now, posting })
    return { kind: 'balance', amount }
  }
  const extended = await extendSubscription(em, { customerId, days: promo.days, key, plan: null }, now)
  if (!extended) return { kind: 'already_used' }
  await requestAccess(deps, em, extended.subscription.id, now)
  return { kind: 'days', days: promo.days, endsAt: extended.subscription.endsAt }
}
