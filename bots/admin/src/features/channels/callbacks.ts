import { choiceField, defineCallback, flagField, wordField } from '@vpn-kiosk/telegram'

export const openChannels = defineCallback('channels', {})
export const askChannel = defineCallback('channel-add', {})
export const removeChannel = defineCallback('channel-drop', { chat: wordField() })
export const requireFor = defineCallback('channel-for', {
  what: choiceField(['isForTrial', 'isForUse']),
  on: flagField(),
})
