import { CustomerEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ChangeCustomerDeps, UnknownCustomer } from '../customer/change-customer.ts'
import { auditCustomerChange, changeCustomer } from '../customer/change-customer.ts'
import type { Actor, Forbidden } from '../staff/has-permission.ts'

export type ResetTrialResult = { readonly kind: 'reset' | 'not_used' } | UnknownCustomer | Forbidden

/** Lets a person try once more. */
export async function resetTrial(deps: ChangeCustomerDeps, actor: Actor, id: CustomerId): Promise<ResetTrialResult> {
  return changeCustomer(deps, actor, id, async (em, now) => {
    const moved = await em.nativeUpdate(CustomerEntity, { id, trialUsedAt: { $ne: null } }, { trialUsedAt: null })
    if (!moved) return { kind: 'not_used' }
    await auditCustomerChange(
      em,
      { actor, action: 'reset_trial', subject: id, before: { used: true }, after: { used: false } },
      now,
    )
    return { kind: 'reset' }
  })
}
