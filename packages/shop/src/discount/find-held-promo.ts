import { HeldDiscountEntity, PromoCodeEntity } from '@vpn-kiosk/db'
import type { CustomerId, DiscountSize, PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { judgePromo, type PromoStanding } from './judge-promo.ts'
import { sizeOf } from './read-discounts.ts'

export interface HeldPromo {
  readonly code: string
  readonly size: DiscountSize
  readonly standing: PromoStanding
  readonly endsAt: Date | null
  /** Null: all. */
  readonly plans: readonly PlanId[] | null
}

/** The code that a customer has entered and not used; null when there is none. It may have run out since. */
export async function findHeldPromo(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
): Promise<HeldPromo | null> {
  const em = db.em()
  const held = await em.findOne(HeldDiscountEntity, { customerId, cause: 'promo' })
  const promo = held?.promoId ? await em.findOne(PromoCodeEntity, { id: held.promoId }) : null
  if (!promo) return null
  const { code, endsAt, planIds } = promo
  const standing = await judgePromo(em, promo, customerId, clock.now())
  return { code, size: sizeOf(promo), standing, endsAt, plans: planIds ?? null }
}
