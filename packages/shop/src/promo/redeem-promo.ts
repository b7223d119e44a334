import {
  CustomerEntity,
  type EntityManager,
  LockMode,
  PaymentEntity,
  PromoCodeEntity,
  type PromoCodeRow,
  sql,
} from '@vpn-kiosk/db'
import {
  balanceProvider,
  type CustomerId,
  creditPosting,
  isBefore,
  type Money,
  money,
  parsePromoCode,
} from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type RedeemPromoResult =
  | { readonly kind: 'days'; readonly days: number; readonly endsAt: Date | null }
  | { readonly kind: 'balance'; readonly amount: Money }
  /** `unknown`: no such code, or one that was stopped. `used_up`: others were quicker. */
  | { readonly kind: 'unknown' | 'over' | 'used_up' | 'already_used' | 'newcomers_only' | 'banned' }

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault' | 'policy' | 'checkpoint'>

/** Gives a customer what a code promises, once. A code with a number of uses is never used more often, whoever races. */
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
    if (promo.endsAt && !isBefore(now, promo.endsAt)) return { kind: 'over' }
    if (await isUsed(em, promo, customerId)) return { kind: 'already_used' }
    if (promo.isForNewcomers && (await hasPaid(em, customerId))) return { kind: 'newcomers_only' }
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

/** Asked under the customer's lock: two presses see one another. */
const isUsed = async (em: EntityManager, promo: PromoCodeRow, customerId: CustomerId): Promise<boolean> => {
  const used = await em
    .getKysely()
    .selectFrom('promo_uses')
    .select('used_at')
    .where('promo_id', '=', promo.id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return used !== undefined
}

const hasPaid = async (em: EntityManager, customerId: CustomerId): Promise<boolean> =>
  (await em.count(PaymentEntity, {
    customerId,
    state: { $in: ['paid', 'refunded'] },
    provider: { $ne: balanceProvider },
  })) > 0

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
