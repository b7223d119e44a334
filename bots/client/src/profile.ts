import { type BotProfile, profileOf, type Translations } from '@vpn-kiosk/telegram'

const commands = ['menu', 'config', 'buy', 'trial', 'devices', 'referral', 'language', 'help', 'support', 'cancel']

export const clientProfile = (translations: Translations): BotProfile => profileOf(translations, [{ commands }])
