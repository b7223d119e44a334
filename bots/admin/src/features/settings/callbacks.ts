import { choiceField, defineCallback, flagField } from '@vpn-kiosk/telegram'

const settingFields = ['trialDays', 'referralBonusDays', 'name', 'logo'] as const
export type SettingField = (typeof settingFields)[number]

export const openSettings = defineCallback('settings', {})
export const askSetting = defineCallback('set-ask', { field: choiceField(settingFields) })
export const sellWithoutRoom = defineCallback('set-room', { on: flagField() })
/** Back to the configuration's name, or to no logo. */
export const dropSetting = defineCallback('set-drop', { field: choiceField(['name', 'logo']) })
