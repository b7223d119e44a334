import { HeldDiscountEntity } from '@vpn-kiosk/db'
import { type CustomerId, newId } from '@vpn-kiosk/domain'
import {
  auditCustomerChange,
  type ChangeCustomerDeps,
  changeCustomer,
  type UnknownCustomer,
} from '../customer/change-customer.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'
import { lockDiscountSettings } from './lock-discount-settings.ts'
import { readDiscountSettings } from './read-discount-settings.ts'

export type PutInGroupResult =
  | { readonly kind: 'group_set' | 'group_left' | 'discount_same' | 'unknown_group' }
  | UnknownCustomer
  | Forbidden

/** Puts one customer into a group, out of any other, and tells what is off now; null: into none. Open orders keep their price. */
export async function putInGroup(
  deps: ChangeCustomerDeps,
  actor: Actor,
  customerId: CustomerId,
  groupId: string | null,
): Promise<PutInGroupResult> {
  return changeCustomer(deps, actor, customerId, async (em, now) => {
    // Whoever drops the group waits, and finds this member.
    await lockDiscountSettings(em)
    const { groups } = await readDiscountSettings(em)
    const group = groups.find(({ id }) => id === groupId)
    if (groupId !== null && !group) return { kind: 'unknown_group' }
    const own = { customerId, cause: 'group' } as const
    const before = await em.findOne(HeldDiscountEntity, own)
    if ((before?.groupId ?? null) === groupId) return { kind: 'discount_same' }
    const id = newId('audit')
    const note = { id, actor, action: 'set_discount_group', subject: customerId }
    const was = groups.find((one) => one.id === before?.groupId)?.name ?? null
    await auditCustomerChange(em, { ...note, before: { group: was }, after: { group: group?.name ?? null } }, now)
    if (!group) {
      await em.nativeDelete(HeldDiscountEntity, own)
      return { kind: 'group_left' }
    }
    await em.upsert(HeldDiscountEntity, { ...own, groupId, promoId: null, percent: 0, heldAt: now, endsAt: null })
    const notification = { kind: 'personal_discount', percent: group.percent, endsAt: null } as const
    await queueNotification(deps, em, { customerId, key: `discount:${id}`, notification }, now)
    return { kind: 'group_set' }
  })
}
