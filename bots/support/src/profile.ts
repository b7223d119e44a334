import { type Language, languages } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import type { BotProfile, ProfileMemory, Translations, Translator } from '@vpn-kiosk/telegram'

const ofCustomers = ['start', 'tickets']
const ofAgents = ['note', 'card', 'close', 'reopen']

const described = (t: Translator, commands: readonly string[]) =>
  commands.map((command) => ({ command, description: t.plain(`command-${command}`) }))

/** Customers' commands in private chats, agents' in groups; in every language, and the shop's own for all others. */
export function supportProfile(translations: Translations): BotProfile {
  const all = [undefined, ...languages].map((language?: Language) => ({
    t: translations.translatorFor(language),
    own: language ? { language } : {},
  }))
  return {
    commands: all.flatMap(({ t, own }) => [
      { ...own, scope: { type: 'all_private_chats' as const }, commands: described(t, ofCustomers) },
      { ...own, scope: { type: 'all_group_chats' as const }, commands: described(t, ofAgents) },
    ]),
    texts: all.map(({ t, own }) => ({
      ...own,
      description: t.plain('profile-description'),
      shortDescription: t.plain('profile-short'),
    })),
  }
}

/** What was published last is remembered by the shop, so that a restart calls Telegram only for what changed. */
export const profileMemory = (shop: Pick<Shop, 'remember' | 'recall'>): ProfileMemory => ({
  get: (key) => shop.recall<string>(`profile:support:${key}`),
  set: (key, value) => shop.remember(`profile:support:${key}`, value),
})
