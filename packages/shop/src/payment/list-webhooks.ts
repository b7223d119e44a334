import { PaymentWebhookEntity } from '@vpn-kiosk/db'
import type { Id, PaymentId, ProviderId, ProviderReference } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

export interface WebhookLine {
  readonly id: Id<'webhook'>
  readonly provider: ProviderId
  /** Equal for every repetition. */
  readonly key: string
  readonly reference: ProviderReference
  readonly paymentId: PaymentId | null
  readonly receivedAt: Date
  /** When it found its payment, or somebody saw to it. */
  readonly handledAt: Date | null
  /** What the provider wrote, without secrets. */
  readonly summary: Readonly<Record<string, unknown>>
}

const limit = 20

/** Which webhooks: of one payment, or those that fit no payment and are about money. */
export type WebhooksQuery = { readonly paymentId: PaymentId } | { readonly isUnhandled: true }

/** The stored webhooks, the newest first, for whoever may see payments. */
export const listWebhooks = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
  of: WebhooksQuery,
): Promise<Seen<readonly WebhookLine[]>> =>
  readIfPermitted(deps, actor, 'see_payments', async () => {
    const which = 'paymentId' in of ? { paymentId: of.paymentId } : { handledAt: null }
    return deps.db.em().find(PaymentWebhookEntity, which, { orderBy: { receivedAt: 'desc', id: 'desc' }, limit })
  })
