import {
  type Id,
  type PaymentProvider,
  type ProviderReference,
  ProviderRefused,
  ProviderUnclear,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { recordRefusal } from './record-refusal.ts'

/**
 * Finds out whether a webhook that fits no payment of ours is about money: then staff are told, once, and it stays
 * unhandled until somebody sees to it. An answer that does not say is for them too. Throws when the provider does not
 * answer, or refuses, of which staff are told.
 */
export async function inspectWebhook(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'providers'>,
  webhookId: string,
): Promise<void> {
  const id = webhookId as Id<'webhook'>
  const webhook = await deps.db
    .getKysely()
    .selectFrom('payment_webhooks')
    .select(['provider', 'reference'])
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .executeTakeFirst()
  const provider = webhook && deps.providers.get(webhook.provider)
  if (!provider) return
  const isMoney = await mayBePaid(deps, provider, webhook.reference)
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const update = em.getKysely().updateTable('payment_webhooks').where('id', '=', id)
    if (!isMoney) return void (await update.set({ handled_at: now }).execute())
    const told = await update.set({ told_at: now }).where('told_at', 'is', null).returning('id').executeTakeFirst()
    if (!told) return
    const { reference } = webhook
    await notifyStaff(deps, em, { kind: 'unmatched_payment', provider: webhook.provider, reference }, now)
  })
}

async function mayBePaid(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  provider: PaymentProvider,
  reference: ProviderReference,
): Promise<boolean> {
  try {
    const status = await provider.fetchStatus(reference)
    return status.kind === 'paid' || (status.kind === 'pending' && status.unknownWord !== undefined)
  } catch (error) {
    if (error instanceof ProviderUnclear) return true
    if (error instanceof ProviderRefused) await recordRefusal(deps, provider.id, error.message)
    throw error
  }
}
