import type { JobData, Shop } from '@vpn-kiosk/shop'
import { classifyApiError, notify, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { type NoticeShop, noticeView } from './notice-view.ts'

export interface TellCustomerDeps {
  readonly shop: NoticeShop & Pick<Shop, 'readNotice' | 'closeNotice' | 'markUnreachable'>
  readonly api: Api
  readonly translations: Translations
}

/**
 * Tells a customer what a notice says, and remembers that it was told. Whoever can't be reached is no failure; any
 * other trouble is thrown, so that the queue tries again.
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

async function tell({ shop, api, translations }: TellCustomerDeps, noticeId: string): Promise<void> {
  const found = await shop.readNotice(noticeId)
  if (!found) return
  const { telegramId, language } = found.customer
  const view = await noticeView(shop, translations.translatorFor(language), found)
  try {
    await notify(api, Number(telegramId), view, { priority: 'notice' })
  } catch (error) {
    const { kind } = classifyApiError(error)
    if (kind !== 'blocked' && kind !== 'chat_missing') throw error
    await shop.markUnreachable(telegramId)
    return shop.closeNotice(noticeId, 'unreachable')
  }
  await shop.closeNotice(noticeId, 'sent')
}
