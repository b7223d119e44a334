import type { StaffNotice } from '@vpn-kiosk/domain'
import type { JobData, Shop } from '@vpn-kiosk/shop'
import { classifyApiError, type Logger, notify, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { readStory } from './read-story.ts'
import { staffNoticeView } from './views.ts'

export type TellStaffShop = Pick<Shop, 'listListeners' | 'inspectPayment' | 'findSubscriber'>

export interface TellStaffDeps {
  readonly shop: TellStaffShop
  readonly api: Api
  readonly translations: Translations
  readonly logger: Logger
}

/**
 * Tells the owner and the admins, each in their language. One who blocked the bot or has never started it keeps no
 * other from being told; the job is repeated only when nobody could be told, so that no one reads it twice.
 */
export function tellStaff({ shop, api, translations, logger }: TellStaffDeps) {
  return async ({ notice }: JobData<'tell-staff'>): Promise<void> => {
    const story = await readStory(shop, notice as StaffNotice)
    const listeners = await shop.listListeners()
    const failures: unknown[] = []
    for (const { telegramId, language } of listeners) {
      const view = staffNoticeView(translations.translatorFor(language), story)
      try {
        await notify(api, Number(telegramId), view)
      } catch (error) {
        const { kind, description } = classifyApiError(error)
        logger.warn({ telegramId: String(telegramId), notice: story.kind, kind, description }, 'could not tell staff')
        if (kind === 'too_many') failures.push(error)
      }
    }
    if (failures.length > 0 && failures.length === listeners.length) throw failures[0]
  }
}
