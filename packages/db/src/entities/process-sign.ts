import { defineEntity, p } from '@mikro-orm/core'
import type { ProcessName } from '@vpn-kiosk/domain'
import { at, int, text } from './columns.ts'

/** The last heartbeat of each running copy of a process. */
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
