import { runStatement } from '@vpn-kiosk/db'
import {
  type PaymentProvider,
  type ProviderId,
  type ProviderReference,
  ProviderRefused,
  ProviderUnclear,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/queue-notification.ts'
import { noteRefusal } from './note-refusal.ts'

/**
 * Finds out whether a webhook that fits no payment of ours is about money: then staff are told, once, and it stays
 * unhandled until somebody sees to it. An answer that does not say is for them too. Throws when the provider does not
 * answer, or refuses, of which staff are told.
 */
export async function inspectWebhook(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'providers'>,
  webhookId: string,
): Promise<void> {
  const [webhook] = await deps.db.read<{ provider: ProviderId; reference: ProviderReference }>(unhandled, [webhookId])
  const provider = webhook && deps.providers.get(webhook.provider)
  if (!provider) return
  const isMoney = await mayBePaid(deps, provider, webhook.reference)
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    if (!isMoney) {
      await runStatement(em, 'update payment_webhooks set handled_at = $2 where id = $1 returning id', [webhookId, now])
      return
    }
    const told = await runStatement(
      em,
      'update payment_webhooks set told_at = $2 where id = $1 and told_at is null returning id',
      [webhookId, now],
    )
    if (told.length === 0) return
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
    if (error instanceof ProviderRefused) await noteRefusal(deps, provider.id, error.message)
    throw error
  }
}

const unhandled = {
  name: 'unhandled-webhook',
  text: 'select provider, reference from payment_webhooks where id = $1 and handled_at is null',
}
