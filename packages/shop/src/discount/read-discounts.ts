import { type EntityManager, HeldDiscountEntity, PromoCodeEntity, type PromoCodeRow } from '@vpn-kiosk/db'
import { type CustomerId, type Discount, type DiscountSize, isBefore, money } from '@vpn-kiosk/domain'
import { judgePromo } from './judge-promo.ts'

/** All that a customer may have off now, of which the best applies. */
export async function readDiscounts(em: EntityManager, customerId: CustomerId, now: Date): Promise<Discount[]> {
  const held = await em.find(HeldDiscountEntity, { customerId })
  const discounts: Discount[] = []
  for (const { cause, promoId, percent, endsAt } of held) {
    if (endsAt && !isBefore(now, endsAt)) continue
    const promo = promoId && (await em.findOne(PromoCodeEntity, { id: promoId }))
    if (!promo)
      discounts.push({ cause, size: { kind: 'percent', percent }, promoId: null, code: null, endsAt, plans: null })
    else if ((await judgePromo(em, promo, customerId, now)) === 'valid') discounts.push(discountOf(promo))
  }
  return discounts
}

const discountOf = (promo: PromoCodeRow): Discount => ({
  cause: 'promo',
  size: sizeOf(promo),
  promoId: promo.id,
  code: promo.code,
  endsAt: promo.endsAt,
  plans: promo.planIds ?? null,
})

export const sizeOf = ({ percent, offMinor, currency }: PromoCodeRow): DiscountSize =>
  percent > 0 ? { kind: 'percent', percent } : { kind: 'amount', amount: money(offMinor, currency) }
