import { type Language, languages } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import type { BotProfile, ProfileMemory, Translations } from '@vpn-kiosk/telegram'

const commands = ['menu', 'dashboard', 'find', 'servers', 'payments', 'broadcast', 'staff', 'cancel']

/** The commands and descriptions, in every language; whoever speaks another reads the shop's own. */
export function adminProfile(translations: Translations): BotProfile {
  const inLanguage = (language?: Language) => {
    const t = translations.translatorFor(language)
    const own = language ? { language } : {}
    return {
      commands: {
        ...own,
        commands: commands.map((command) => ({ command, description: t.plain(`command-${command}`) })),
      },
      text: { ...own, description: t.plain('profile-description'), shortDescription: t.plain('profile-short') },
    }
  }
  const all = [inLanguage(), ...languages.map((language) => inLanguage(language))]
  return { commands: all.map(({ commands }) => commands), texts: all.map(({ text }) => text) }
}

/** What was published last is remembered by the shop, so that a restart calls Telegram only for what changed. */
export const profileMemory = (shop: Pick<Shop, 'remember' | 'recall'>): ProfileMemory => ({
  get: (key) => shop.recall<string>(`profile:admin:${key}`),
  set: (key, value) => shop.remember(`profile:admin:${key}`, value),
})
