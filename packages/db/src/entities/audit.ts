import { defineEntity, type InferEntity } from '@mikro-orm/core'
import type { Id } from '@vpn-kiosk/domain'
import { at, bigint, id, json, text } from './columns.ts'

/** Who did what to whom, with the values before and after. */
export const AuditEntity = defineEntity({
  name: 'Audit',
  tableName: 'audit_log',
  indexes: [{ properties: ['subject', 'at'] }],
  properties: {
    id: id<Id<'audit'>>().primary(),
    actorTelegramId: bigint().strictNullable(),
    action: text(),
    /** The id of what was acted on. */
    subject: text(),
    before: json<Record<string, unknown>>().strictNullable(),
    after: json<Record<string, unknown>>().strictNullable(),
    at: at().index(),
  },
})
export type AuditRow = InferEntity<typeof AuditEntity>
