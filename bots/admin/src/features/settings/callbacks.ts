import { choiceField, defineCallback, flagField } from '@vpn-kiosk/telegram'

const numberFields = ['trialDays', 'referralBonusDays', 'freezeDays', 'freezesPerYear', 'graceHours'] as const
export type NumberField = (typeof numberFields)[number]
const settingFields = [...numberFields, 'name', 'logo'] as const
export type SettingField = (typeof settingFields)[number]

export const isNumberField = (field: SettingField): field is NumberField =>
  (numberFields as readonly string[]).includes(field)

export const openSettings = defineCallback('settings', {})
export const askSetting = defineCallback('set-ask', { field: choiceField(settingFields) })
export const sellWithoutRoom = defineCallback('set-room', { on: flagField() })
/** Back to the configuration's name, or to no logo. */
export const dropSetting = defineCallback('set-drop', { field: choiceField(['name', 'logo']) })
