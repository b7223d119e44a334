import { defineEntity, p } from '@mikro-orm/core'
import { at, json } from './columns.ts'

/** Small named facts the processes keep: profile hashes, the last backup, maintenance mode. */
export const SettingEntity = defineEntity({
  name: 'Setting',
  tableName: 'settings',
  properties: {
    key: p.text().primary(),
    value: json<unknown>(),
    changedAt: at(),
  },
})
