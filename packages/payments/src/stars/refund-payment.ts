import { isId, ProviderRefused, type RefundRequest, type RefundStatus, type StarCharge } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { repeatUnknown } from '../repeat-unknown.ts'
import type { StarsDeps } from './invoices.ts'

/**
 * Telegram gives back a charge whole, and says so of one that is given back already. Of a payment that was paid twice the
 * shop's own sum says which charge is meant, so that a repeat means the same one.
 */
export async function refundPayment(
  deps: StarsDeps,
  { reference, amount, refundedBefore }: RefundRequest,
): Promise<RefundStatus> {
  if (!isId('payment', reference)) throw new ProviderRefused('stars knows no such payment')
  const charges = await deps.book.listOf(reference)
  const charge = findNext(charges, refundedBefore.minor)
  if (!charge) throw new ProviderRefused('stars knows no charge of this payment')
  if (amount.minor !== charge.amount.minor) throw new ProviderRefused('stars gives a payment back whole or not at all')
  const asked = { user_id: Number(charge.payerId), telegram_payment_charge_id: charge.id }
  try {
    await repeatUnknown(deps.retryDelaysMs, () => deps.call('refundStarPayment', asked, z.literal(true)))
  } catch (error) {
    if (!(error instanceof ProviderRefused && error.message.includes('CHARGE_ALREADY_REFUNDED'))) throw error
  }
  await deps.catchUp()
  return { kind: 'done', reference: charge.id }
}

/** The first charge that the refunds before this one have not given back. */
function findNext(charges: readonly StarCharge[], refundedBefore: bigint): StarCharge | undefined {
  let sum = 0n
  for (const charge of charges) {
    if (sum >= refundedBefore) return charge
    sum += charge.amount.minor
  }
  return undefined
}
