import { type BotProfile, profileOf, type Translations } from '@vpn-kiosk/telegram'

/** Customers' commands in private chats, agents' in groups. */
export const supportProfile = (translations: Translations): BotProfile =>
  profileOf(translations, [
    { scope: { type: 'all_private_chats' }, commands: ['start', 'tickets'] },
    { scope: { type: 'all_group_chats' }, commands: ['note', 'card', 'close', 'reopen'] },
  ])
