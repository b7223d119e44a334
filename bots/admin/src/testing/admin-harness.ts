import type { Shop } from '@vpn-kiosk/shop'
import { createBotHarness, type Harness, type HarnessOptions } from '@vpn-kiosk/telegram/testing'
import { createAdminBot } from '../bot.ts'
import type { AdminContext } from '../context.ts'
import { loadTranslations } from '../translations.ts'
import { fakeShop } from './fake-shop.ts'

export const translations = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }, { strict: true })

/** The real admin bot on a fake Telegram and a fake shop, spoken to in English; a missing sentence fails the test. */
export function adminHarness(verbs: Partial<Shop> = {}, options: HarnessOptions = {}): Harness<AdminContext> {
  const shop = fakeShop(verbs)
  return createBotHarness((base) => createAdminBot({ ...base, shop, translations }), {
    botUsername: 'kiosk_admin_bot',
    language: 'en',
    id: 1,
    ...options,
  })
}
