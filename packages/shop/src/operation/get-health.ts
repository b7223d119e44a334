import { type Statements, sql } from '@vpn-kiosk/db'
import { minuteMs } from '@vpn-kiosk/domain'
import { countUndelivered, type Undelivered } from './count-undelivered.ts'
import { type ListProcessesDeps, listProcesses, type ProcessLine } from './list-processes.ts'
import { isDiskFull } from './watch-disk.ts'

/** A key takes seconds; whoever paid and waits longer is waiting for somebody to mend something. */
const lateAfterMs = 5 * minuteMs

/** What `doctor`, `/health` and metrics say of the shop: they agree because they read this. */
export interface ShopHealth {
  readonly processes: readonly ProcessLine[]
  readonly undelivered: Undelivered
  /** Somebody who paid has had nothing that works for more than five minutes. */
  readonly isDeliveryLate: boolean
  /** `away`: there are servers, and not one of them serves. `none`: none was added yet. */
  readonly servers: 'serving' | 'away' | 'none'
  /** A disk that the shop fills had too little room when it was last looked at. */
  readonly isDiskFull: boolean
}

const countServers = (db: Statements) =>
  db
    .selectFrom('servers')
    .select([
      sql<number>`count(*)::int`.as('total'),
      sql<number>`(count(*) filter (where state in ('active', 'draining')))::int`.as('serving'),
    ])
    .executeTakeFirstOrThrow()

/** Looks at the processes, at what was paid and not delivered, and at the servers. */
export async function getHealth(deps: ListProcessesDeps): Promise<ShopHealth> {
  const [processes, undelivered, servers, isFull] = await Promise.all([
    listProcesses(deps),
    countUndelivered(deps),
    countServers(deps.db.getKysely()),
    isDiskFull(deps),
  ])
  const { oldestPaidAt } = undelivered
  return {
    processes,
    undelivered,
    isDeliveryLate: oldestPaidAt !== null && deps.clock.now().getTime() - oldestPaidAt.getTime() > lateAfterMs,
    servers: servers.total === 0 ? 'none' : servers.serving > 0 ? 'serving' : 'away',
    isDiskFull: isFull,
  }
}
