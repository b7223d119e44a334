import { PaymentWebhookEntity } from '@vpn-kiosk/db'
import type { Id } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import type { WebhookLine } from './list-webhooks.ts'

/** One stored webhook; null when it is unknown, or was thrown away with its time. */
export const findWebhook = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
  id: Id<'webhook'>,
): Promise<Seen<WebhookLine | null>> =>
  readIfPermitted(deps, actor, 'see_payments', () => deps.db.em().findOne(PaymentWebhookEntity, { id }))
