import { defineEntity, type InferEntity } from '@mikro-orm/core'
import type { Id, StaffRole } from '@vpn-kiosk/domain'
import { at, bigint, id, text } from './columns.ts'

export const StaffEntity = defineEntity({
  name: 'Staff',
  tableName: 'staff',
  properties: {
    id: id<Id<'staff'>>().primary(),
    telegramId: bigint().unique(),
    name: text(),
    role: text<StaffRole>(),
    createdAt: at(),
  },
})
export type StaffRow = InferEntity<typeof StaffEntity>
