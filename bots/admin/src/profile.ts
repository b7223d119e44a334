import { type BotProfile, profileOf, type Translations } from '@vpn-kiosk/telegram'

const commands = [
  'menu',
  'dashboard',
  'find',
  'servers',
  'plans',
  'codes',
  'settings',
  'payments',
  'report',
  'broadcast',
  'staff',
  'cancel',
]

export const adminProfile = (translations: Translations): BotProfile => profileOf(translations, [{ commands }])
