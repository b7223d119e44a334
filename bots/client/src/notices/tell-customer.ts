import type { JobData, Shop } from '@vpn-kiosk/shop'
import { judgeDelivery, type Logger, notify, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { type NoticeShop, noticeView } from './notice-view.ts'

export interface TellCustomerDeps {
  readonly shop: NoticeShop & Pick<Shop, 'readNotice' | 'closeNotice' | 'markUnreachable'>
  readonly api: Api
  readonly translations: Translations
  readonly logger: Logger
}

/**
 * Tells a customer what a notice says, and remembers that it was told. Whoever can't be reached is no failure, and what
 * Telegram refuses for good is closed; any other trouble is thrown, so that the queue tries again.
 */
export function tellCustomer(deps: TellCustomerDeps): (job: JobData<'tell-customer'>) => Promise<void> {
  // The same notice may be queued twice (by a sweep after a long outage): one at a time tells it.
  const underWay = new Set<string>()
  return async ({ noticeId }) => {
    if (underWay.has(noticeId)) return
    underWay.add(noticeId)
    try {
      await tell(deps, noticeId)
    } finally {
      underWay.delete(noticeId)
    }
  }
}

async function tell({ shop, api, translations, logger }: TellCustomerDeps, noticeId: string): Promise<void> {
  const found = await shop.readNotice(noticeId)
  if (!found) return
  const { telegramId, language } = found.customer
  const view = await noticeView(shop, translations.translatorFor(language), found)
  try {
    await notify(api, Number(telegramId), view, { priority: 'notice' })
  } catch (error) {
    const failure = judgeDelivery(error)
    if (failure.kind === 'try_later') throw error
    if (failure.kind === 'unreachable') {
      await shop.markUnreachable(telegramId)
      return shop.closeNotice(noticeId, { kind: 'unreachable' })
    }
    const fields = { noticeId, notification: found.notice.kind, reason: failure.reason }
    logger.error(fields, 'Telegram refuses a notification for good')
    return shop.closeNotice(noticeId, { kind: 'failed', reason: failure.reason })
  }
  await shop.closeNotice(noticeId, { kind: 'sent' })
}
