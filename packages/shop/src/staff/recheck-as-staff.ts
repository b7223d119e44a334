import { listsPayments, type PaymentId, ProviderRefused, ProviderUnclear, ProviderUnreachable } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { CheckPaymentResult } from '../payment/check-payment.ts'
import { confirmDifference } from '../payment/confirm-difference.ts'
import { findPayment } from '../payment/find-payment.ts'
import { recheckPayment } from '../payment/recheck-payment.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { auditedActor } from './audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from './has-permission.ts'

export type RecheckAsStaffResult =
  | CheckPaymentResult
  /** It is settled; the provider still says something else of it, or the same by now. */
  | { readonly kind: 'differs' | 'agrees' }
  | Forbidden

/** Asks the provider again because somebody on the staff wants to know; settles what is found to be paid. */
export async function recheckAsStaff(
  deps: SettlePaymentDeps,
  actor: Actor,
  id: PaymentId,
): Promise<RecheckAsStaffResult> {
  if (!(await hasPermission(deps, actor, 'see_payments'))) return { kind: 'forbidden' }
  const settled = await recheckPayment(deps, id)
  if (settled.kind === 'unknown_payment') return settled
  const result = settled.kind === 'already_settled' ? await recheckDifference(deps, id) : settled
  const after = { result: result.kind }
  const note = { actor: auditedActor(actor), action: 'recheck_payment', subject: id, after }
  await deps.db.transaction((em) => recordAudit(em, note, deps.clock.now()))
  return result
}

/** Of a settled payment: whether its provider still has something else. */
async function recheckDifference(deps: SettlePaymentDeps, id: PaymentId): Promise<RecheckAsStaffResult> {
  const provider = deps.providers.get((await findPayment(deps.db, id))?.provider ?? '')
  if (!provider || !listsPayments(provider) || provider.lists !== 'payments') return { kind: 'already_settled' }
  try {
    return { kind: (await confirmDifference(deps, provider, id)) ? 'differs' : 'agrees' }
  } catch (error) {
    const isProviders =
      error instanceof ProviderUnreachable || error instanceof ProviderRefused || error instanceof ProviderUnclear
    if (isProviders) return { kind: 'provider_unavailable' }
    throw error
  }
}
