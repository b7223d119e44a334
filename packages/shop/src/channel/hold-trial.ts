import { CustomerEntity, type EntityManager, LockMode, SubscriptionEntity } from '@vpn-kiosk/db'
import { isBefore } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { isExempt } from './is-exempt.ts'
import { readChannels } from './read-channels.ts'

/**
 * A person left a chat. Where the shop requires it to use a trial, their running trial is held: its accesses close, its
 * time goes on, and the customer is told how it resumes. Whoever has paid stays as they are. True when a trial was held.
 */
export async function holdTrial(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>,
  { telegramId, chatId }: { readonly telegramId: bigint; readonly chatId: string },
): Promise<boolean> {
  const { channels, isForUse } = await readChannels(deps)
  const channel = channels.find((one) => one.chatId === chatId)
  if (!channel || !isForUse) return false
  return deps.db.transaction(async (em) => {
    const customer = await em.findOne(CustomerEntity, { telegramId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!customer || (await mayStay(em, customer.id))) return false
    const now = deps.clock.now()
    const subscription = await em.findOne(SubscriptionEntity, { customerId: customer.id, isTrial: true })
    if (!subscription?.endsAt || !isBefore(now, subscription.endsAt)) return false
    const held = await em.nativeUpdate(SubscriptionEntity, { id: subscription.id, state: 'active' }, { state: 'held' })
    if (!held) return false
    await requestAccess(deps, em, subscription.id, now)
    const notification = { kind: 'trial_held', subscriptionId: subscription.id, channel: channel.title } as const
    const key = `trial_held:${subscription.id}:${now.getTime()}`
    await queueNotification(deps, em, { customerId: customer.id, key, notification }, now)
    return true
  })
}

const mayStay = async (em: EntityManager, id: `cus_${string}`): Promise<boolean> =>
  (await em
    .getKysely()
    .selectFrom('customers as c')
    .select('c.id')
    .where('c.id', '=', id)
    .where(isExempt)
    .executeTakeFirst()) !== undefined
