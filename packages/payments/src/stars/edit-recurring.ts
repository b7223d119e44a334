import type { RecurringEdit } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { repeatUnknown } from '../repeat-unknown.ts'
import type { StarsDeps } from './invoices.ts'

/** Ends the charges of a subscription, or lets its payer take it up again in Telegram, which a bot cannot do. */
export async function editRecurring(
  { call, retryDelaysMs }: StarsDeps,
  { chargeId, payerId, isCanceled }: RecurringEdit,
): Promise<void> {
  const asked = { user_id: Number(payerId), telegram_payment_charge_id: chargeId, is_canceled: isCanceled }
  await repeatUnknown(retryDelaysMs, () => call('editUserStarSubscription', asked, z.literal(true)))
}
