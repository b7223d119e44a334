import { choiceField, defineCallback, idField, requestField } from '@vpn-kiosk/telegram'

/** Names that one tap gives; the words are in the locales. */
export const presets = ['iphone', 'android', 'windows', 'mac', 'router'] as const

export const openDevices = defineCallback('devices', {})
export const addDevice = defineCallback('dev-add', {})
export const choosePlace = defineCallback('dev-at', { server: idField('server') })
export const takePreset = defineCallback('dev-call', {
  server: idField('server'),
  preset: choiceField(presets),
  request: requestField(),
})
export const openDevice = defineCallback('dev', { device: idField('device') })
export const fetchDevice = defineCallback('dev-file', { device: idField('device') })
export const renameDevice = defineCallback('dev-ren', { device: idField('device') })
export const askRevoke = defineCallback('dev-del', { device: idField('device') })
export const revokeDevice = defineCallback('dev-gone', { device: idField('device') })
/** While there are more devices than the subscription allows, and it allows one. */
export const askKeepOnly = defineCallback('dev-keep', { device: idField('device') })
export const keepOnly = defineCallback('dev-only', { device: idField('device') })
