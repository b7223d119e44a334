import type { Shop } from '@vpn-kiosk/shop'
import { createBotHarness, type Harness, type HarnessOptions } from '@vpn-kiosk/telegram/testing'
import { createClientBot } from '../bot.ts'
import type { ClientContext } from '../context.ts'
import { loadTranslations } from '../translations.ts'
import { fakeShop } from './fake-shop.ts'

export const translations = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }, { strict: true })

/** The real client bot on a fake Telegram and a fake shop; a missing sentence fails the test. */
export function clientHarness(verbs: Partial<Shop> = {}, options: HarnessOptions = {}): Harness<ClientContext> {
  const shop = fakeShop(verbs)
  const pause = async () => {}
  return createBotHarness((base) => createClientBot({ ...base, shop, translations, pause }), {
    botUsername: 'kiosk_bot',
    ...options,
  })
}
