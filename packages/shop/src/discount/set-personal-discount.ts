import { HeldDiscountEntity } from '@vpn-kiosk/db'
import { type CustomerId, endOfDay, isPercentOff, newId } from '@vpn-kiosk/domain'
import {
  auditCustomerChange,
  type ChangeCustomerDeps,
  changeCustomer,
  type UnknownCustomer,
} from '../customer/change-customer.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'

export interface PersonalDiscount {
  /** 0 takes it away. */
  readonly percent: number
  /** To the end of the day after so many; null: until it is taken away. */
  readonly days: number | null
}

export type SetPersonalDiscountResult =
  | { readonly kind: 'discount_set' | 'discount_removed' | 'discount_same' | 'invalid_discount' }
  | UnknownCustomer
  | Forbidden

const mostDays = 3650

/** Takes a percentage off whatever one customer buys, who is told so. Orders that are open keep their price. */
export async function setPersonalDiscount(
  deps: ChangeCustomerDeps,
  actor: Actor,
  customerId: CustomerId,
  { percent, days }: PersonalDiscount,
): Promise<SetPersonalDiscountResult> {
  const isRightTime = days === null || (Number.isInteger(days) && days >= 1 && days <= mostDays)
  if (!isRightTime || !(percent === 0 || isPercentOff(percent))) return { kind: 'invalid_discount' }
  return changeCustomer(deps, actor, customerId, async (em, now) => {
    const own = { customerId, cause: 'personal' } as const
    const before = await em.findOne(HeldDiscountEntity, own)
    if (percent === 0 && !before) return { kind: 'discount_same' }
    if (before && before.percent === percent && days === null && before.endsAt === null)
      return { kind: 'discount_same' }
    const endsAt = days === null ? null : endOfDay(now, days, deps.policy.timeZone)
    const id = newId('audit')
    const note = { id, actor, action: 'set_discount', subject: customerId }
    const was = { percent: before?.percent ?? 0, endsAt: before?.endsAt?.toISOString() ?? null }
    const after = { percent, endsAt: endsAt?.toISOString() ?? null }
    await auditCustomerChange(em, { ...note, before: was, after }, now)
    if (percent === 0) {
      await em.nativeDelete(HeldDiscountEntity, own)
      return { kind: 'discount_removed' }
    }
    await em.upsert(HeldDiscountEntity, { ...own, promoId: null, percent, heldAt: now, endsAt })
    const notification = { kind: 'personal_discount', percent, endsAt: after.endsAt } as const
    await queueNotification(deps, em, { customerId, key: `discount:${id}`, notification }, now)
    return { kind: 'discount_set' }
  })
}
