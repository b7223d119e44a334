import { type BotProfile, profileOf, type Translations } from '@vpn-kiosk/telegram'

const commands = [
  'menu',
  'config',
  'buy',
  'trial',
  'devices',
  'balance',
  'history',
  'promo',
  'gift',
  'referral',
  'notifications',
  'language',
  'help',
  'support',
  'cancel',
]

/** What the bot's texts promise a newcomer. */
export type PromisedTrial = 'free' | 'paid' | 'none'

/** A shop without a trial promises none: neither in words nor by a command. */
export function clientProfile(translations: Translations, { trial }: { trial: PromisedTrial }): BotProfile {
  const offered = commands.filter((command) => trial !== 'none' || command !== 'trial')
  return profileOf(translations, [{ commands: offered }], { trial })
}
