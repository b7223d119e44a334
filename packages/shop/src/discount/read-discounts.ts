import {
  type EntityManager,
  HeldDiscountEntity,
  PromoCodeEntity,
  type PromoCodeRow,
  SubscriptionEntity,
} from '@vpn-kiosk/db'
import {
  type CustomerId,
  type Discount,
  type DiscountCause,
  type DiscountSize,
  findHappyHours,
  isBefore,
  money,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { judgePromo } from './judge-promo.ts'
import { readDiscountSettings } from './read-discount-settings.ts'

/** All that a customer may have off now, of which the best applies. */
export async function readDiscounts(
  { policy }: Pick<ShopDeps, 'policy'>,
  em: EntityManager,
  customerId: CustomerId,
  now: Date,
): Promise<Discount[]> {
  const held = await em.find(HeldDiscountEntity, { customerId })
  const { happyHours, groups } = await readDiscountSettings(em)
  const discounts: Discount[] = []
  for (const { cause, promoId, groupId, percent: own, endsAt } of held) {
    if (endsAt && !isBefore(now, endsAt)) continue
    const percent = cause === 'group' ? (groups.find(({ id }) => id === groupId)?.percent ?? 0) : own
    if (cause === 'group' && percent === 0) continue
    const promo = promoId && (await em.findOne(PromoCodeEntity, { id: promoId }))
    const isValid = promo ? (await judgePromo(em, promo, customerId, now)) === 'valid' : true
    // Whoever has come back meanwhile needs no reason to.
    const isOver = cause === 'win_back' && (await hasSubscription(em, customerId))
    if (isValid && !isOver) discounts.push(promo ? discountOf(promo) : percentOff(cause, percent, endsAt))
  }
  const hours = findHappyHours(happyHours, now, policy.timeZone)
  return hours ? [...discounts, percentOff('happy_hours', hours.percent, hours.endsAt)] : discounts
}

const hasSubscription = async (em: EntityManager, customerId: CustomerId): Promise<boolean> =>
  (await em.count(SubscriptionEntity, { customerId, state: 'active' })) > 0

const percentOff = (cause: DiscountCause, percent: number, endsAt: Date | null): Discount => ({
  cause,
  size: { kind: 'percent', percent },
  promoId: null,
  code: null,
  endsAt,
  plans: null,
})

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
