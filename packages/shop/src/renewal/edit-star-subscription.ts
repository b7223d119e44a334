import { StarChargeEntity, StarSubscriptionEntity } from '@vpn-kiosk/db'
import { endsRecurring, type PaymentId, ProviderRefused } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'

/**
 * Tells Telegram what is wished of a subscription: that it charges nothing more, or may be taken up again. Safe to repeat; throws when
 * Telegram does not answer, and is then asked again. What it refuses, staff read.
 */
export async function editStarSubscription(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'providers'>,
  paymentId: PaymentId,
): Promise<'told' | 'refused' | 'nothing_to_do'> {
  const em = deps.db.em()
  const row = await em.findOne(StarSubscriptionEntity, { paymentId })
  const [charge] = await em.find(
    StarChargeEntity,
    { subscriptionId: paymentId },
    { orderBy: { paidAt: 'asc', id: 'asc' }, limit: 1 },
  )
  const provider = deps.providers.get('stars')
  if (!row || !charge || row.isCanceled === row.toldCanceled) return 'nothing_to_do'
  // Without its keys nobody can be told: the job is repeated until they are back.
  if (!provider || !endsRecurring(provider))
    throw new Error('stars are not configured: a subscription waits to be edited')
  const { isCanceled } = row
  const { id: chargeId, payerId } = charge
  let refusal: string | null = null
  try {
    await provider.editRecurring({ chargeId, payerId, isCanceled })
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    refusal = error.message
  }
  await deps.db.transaction(async (tx) => {
    await tx.nativeUpdate(StarSubscriptionEntity, { paymentId }, { toldCanceled: isCanceled })
    if (refusal === null) return
    const alert = { kind: 'payment_trouble', paymentId, trouble: 'refused', said: refusal } as const
    await notifyStaff(deps, tx, alert, deps.clock.now())
  })
  const now = await deps.db.em().findOne(StarSubscriptionEntity, { paymentId })
  // Another wish came while Telegram was told.
  if (now && now.isCanceled !== isCanceled) return editStarSubscription(deps, paymentId)
  return refusal === null ? 'told' : 'refused'
}
