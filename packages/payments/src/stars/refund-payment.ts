import { isId, ProviderRefused, type RefundRequest, type RefundStatus } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { repeatUnknown } from '../repeat-unknown.ts'
import type { StarsDeps } from './invoices.ts'

/** Telegram gives back a charge whole, and says so of one that is given back already. */
export async function refundPayment(deps: StarsDeps, { reference, amount }: RefundRequest): Promise<RefundStatus> {
  if (!isId('payment', reference)) throw new ProviderRefused('stars knows no such payment')
  const charges = await deps.book.listOf(reference)
  const charge = charges.find((one) => one.refundedAt === null) ?? charges.at(-1)
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
