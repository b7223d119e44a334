import type { JobData, NotificationToSend, Shop } from '@vpn-kiosk/shop'
import { classifyDelivery, type Logger, notify, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import type { Message } from 'grammy/types'
import { type NotificationShop, notificationView } from './notification-view.ts'

export interface TellCustomerDeps {
  readonly shop: NotificationShop &
    Pick<Shop, 'checkNotification' | 'closeNotification' | 'markUnreachable' | 'followKeyMessage'>
  readonly api: Api
  readonly botId: number
  /** The bot's own name, which its links carry. */
  readonly botName: string
  readonly translations: Translations
  readonly logger: Logger
}

/**
 * Tells a customer what a notification says, and remembers that it was told. Whoever can't be reached is no failure, and what
 * Telegram refuses for good is closed; any other trouble is thrown, so that the queue tries again.
 */
export function tellCustomer(deps: TellCustomerDeps): (job: JobData<'tell-customer'>) => Promise<void> {
  // The same notification may be queued twice (by a sweep after a long outage): one at a time tells it.
  const underWay = new Set<string>()
  // What Telegram answered while the database went away: the next try writes it down, and asks Telegram nothing.
  const unwritten = new Map<string, WriteDown>()
  return async ({ notificationId }) => {
    if (underWay.has(notificationId)) return
    underWay.add(notificationId)
    try {
      const writeDown = unwritten.get(notificationId) ?? (await tell(deps, notificationId))
      if (writeDown === null) return
      unwritten.set(notificationId, writeDown)
      await writeDown()
      unwritten.delete(notificationId)
    } finally {
      underWay.delete(notificationId)
    }
  }
}

type WriteDown = () => Promise<void>

class NotAnyMore extends Error {
  override readonly name = 'NotAnyMore'
}

/** Asks Telegram, and says how to write down what it answered; null when there is nothing to tell. */
async function tell(deps: TellCustomerDeps, notificationId: string): Promise<WriteDown | null> {
  const { shop, api, botName, translations, logger } = deps
  const found = await shop.checkNotification(notificationId)
  if (!found) return null
  const { telegramId, language } = found.customer
  const { view, readyServers } = await notificationView(shop, translations.translatorFor(language), {
    ...found,
    botName,
  })
  let sent: Message
  try {
    // It has waited for its turn: who was told meanwhile, or cannot be written down as told, is not told now.
    const beforeAsking = async (): Promise<void> => {
      if ((await shop.checkNotification(notificationId)) === null) throw new NotAnyMore()
    }
    sent = await notify(api, Number(telegramId), view, { priority: 'notification', beforeAsking })
  } catch (error) {
    if (error instanceof NotAnyMore) return null
    const failure = classifyDelivery(error)
    if (failure.kind === 'try_later') throw error
    if (failure.kind === 'unreachable')
      return async () => {
        await shop.markUnreachable(telegramId)
        await shop.closeNotification(notificationId, { kind: 'unreachable' })
      }
    const fields = { notificationId, notification: found.notification.kind, reason: failure.reason }
    logger.error(fields, 'Telegram refuses a notification for good')
    return () => shop.closeNotification(notificationId, { kind: 'failed', reason: failure.reason })
  }
  return async () => {
    await shop.closeNotification(notificationId, { kind: 'sent' })
    await followKey(deps, found, { ...sent, ready: readyServers })
  }
}

/** A key that was sent before all of its servers were ready is completed in its message. */
async function followKey(
  { shop, botId }: TellCustomerDeps,
  { customer, notification }: NotificationToSend,
  { message_id: messageId, chat, ready }: Message & { readonly ready: number | null },
): Promise<void> {
  if (notification.kind !== 'key_ready' || ready === null) return
  const place = { botId, chatId: chat.id, messageId }
  await shop.followKeyMessage({ ...place, customerId: customer.id, reason: notification.reason, ready, looks: 0 })
}
