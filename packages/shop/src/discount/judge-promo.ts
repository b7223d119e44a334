import { type EntityManager, PaymentEntity, type PromoCodeRow, sql } from '@vpn-kiosk/db'
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
  if (promo.isForNewcomers && (await hasPaid(em, customerId))) return 'newcomers_only'
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

const hasPaid = async (em: EntityManager, customerId: CustomerId): Promise<boolean> =>
  (await em.count(PaymentEntity, {
    customerId,
    state: { $in: ['paid', 'refunded'] },
    provider: { $ne: balanceProvider },
  })) > 0
