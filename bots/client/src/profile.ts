import { type BotProfile, profileOf, type Translations } from '@vpn-kiosk/telegram'

const commands = [
  'menu',
  'config',
  'buy',
  'trial',
  'devices',
  'balance',
  'referral',
  'notifications',
  'language',
  'help',
  'support',
  'cancel',
]

/** A shop without a trial promises none: neither in words nor by a command. */
export function clientProfile(translations: Translations, { hasTrial }: { hasTrial: boolean }): BotProfile {
  const offered = commands.filter((command) => hasTrial || command !== 'trial')
  return profileOf(translations, [{ commands: offered }], { trial: hasTrial ? 'yes' : 'no' })
}
