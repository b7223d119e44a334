import { defineEntity, p } from '@mikro-orm/core'
import { at, json } from './columns.ts'

/** Small named values that the processes store: profile hashes, the last backup, maintenance mode. */
export const SettingEntity = defineEntity({
  name: 'Setting',
  tableName: 'settings',
  properties: {
    key: p.text().primary(),
    value: json<unknown>(),
    changedAt: at(),
  },
})
