import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Id, ProcessName } from '@vpn-kiosk/domain'
import { at, bigint, id, int, json, text } from './columns.ts'
import { CustomerEntity } from './people.ts'

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

/** What customers did, for analytics: `start`, `trial`, `checkout`, `paid` … */
export const ActivityEntity = defineEntity({
  name: 'Activity',
  tableName: 'activities',
  indexes: [{ properties: ['kind', 'at'] }],
  properties: {
    id: p.bigint('bigint').primary().autoincrement(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').index(),
    kind: text(),
    at: at(),
  },
})

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

/** The last sign of life of each running copy of a process. */
export const ProcessSignEntity = defineEntity({
  name: 'ProcessSign',
  tableName: 'process_signs',
  properties: {
    /** `jobs@host/4711`. */
    id: p.text().primary(),
    process: text<ProcessName>(),
    host: text(),
    pid: int(),
    version: text(),
    state: text<'running' | 'stopped'>(),
    startedAt: at(),
    seenAt: at(),
  },
})
