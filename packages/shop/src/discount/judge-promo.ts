import { type EntityManager, type PromoCodeRow, sql } from '@vpn-kiosk/db'
import { balanceProvider, type CustomerId, isBefore } from '@vpn-kiosk/domain'

/** `used_up`: others were quicker. `already_used`: by this customer, as often as one may. */
export type PromoStanding = 'valid' | 'not_yet' | 'over' | 'used_up' | 'already_used' | 'newcomers_only'

/**
 * Whether a customer may use a code now. An order that may still be paid counts as a use for everybody but its own
 * customer, who may take the code to another one.
 */
export async function judgePromo(
  em: EntityManager,
  promo: PromoCodeRow,
  customerId: CustomerId,
  now: Date,
): Promise<PromoStanding> {
  if (promo.stoppedAt) return 'over'
  if (promo.startsAt && isBefore(now, promo.startsAt)) return 'not_yet'
  if (promo.endsAt && !isBefore(now, promo.endsAt)) return 'over'
  const own = await countUses(em, promo.id, customerId)
  if (own.done >= promo.mostUsesEach) return 'already_used'
  if (promo.isForNewcomers && (await hasBought(em, customerId))) return 'newcomers_only'
  return promo.mostUses !== null && promo.uses - own.open >= promo.mostUses ? 'used_up' : 'valid'
}

interface Uses {
  /** Redeemed, or paid. */
  readonly done: number
  /** In orders that may still be paid. */
  readonly open: number
}

async function countUses(em: EntityManager, promoId: PromoCodeRow['id'], customerId: CustomerId): Promise<Uses> {
  const { rows } = await sql<Uses>`
    select (select count(*) from promo_uses where promo_id = ${promoId} and customer_id = ${customerId})::int
        + count(*) filter (where state = 'paid')::int as done,
      count(*) filter (where state <> 'paid')::int as open
    from orders where promo_taken and promo_id = ${promoId} and customer_id = ${customerId}`.execute(em.getKysely())
  return rows[0] ?? { done: 0, open: 0 }
}

/** A trial that costs something is no purchase: whoever has had it is the newcomer that a code is for. */
const hasBought = async (em: EntityManager, customerId: CustomerId): Promise<boolean> =>
  (await em
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .leftJoin('plans', 'plans.id', 'o.plan_id')
    .select('p.id')
    .where('p.customer_id', '=', customerId)
    .where('p.state', 'in', ['paid', 'refunded'])
    .where('p.provider', '<>', balanceProvider)
    .where(sql<boolean>`plans.is_trial is not true`)
    .limit(1)
    .executeTakeFirst()) !== undefined
