import { type Statements, sql } from '@vpn-kiosk/db'
import { addMs, type ProcessName, type ProcessState, processNames, silentAfterMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface ProcessLine {
  readonly process: ProcessName
  readonly state: ProcessState
  /** Copies that run now. */
  readonly running: number
  /** When the last sign came; null for one that never gave any. */
  readonly seenAt: Date | null
}

/** Signs of a later hour were left while the clock was ahead. The newest sign says how a process ended when no copy of it runs. */
const listSigns = (db: Statements, now: Date) =>
  db
    .selectFrom('process_signs')
    .select([
      'process',
      sql<Date>`max(seen_at)`.as('seen'),
      sql<number>`(count(*) filter (where state = 'running' and seen_at > ${addMs(now, -silentAfterMs)}))::int`.as(
        'running',
      ),
      sql<boolean>`(array_agg(state order by seen_at desc))[1] = 'stopped'`.as('isStopped'),
    ])
    .where('seen_at', '<=', addMs(now, silentAfterMs))
    .groupBy('process')
    .execute()

type Row = Awaited<ReturnType<typeof listSigns>>[number]

export type ListProcessesDeps = Pick<ShopDeps, 'db' | 'clock'> & {
  readonly policy: Pick<ShopDeps['policy'], 'processes'>
}

/**
 * How each process is that this shop needs (`policy.processes`) or that runs nevertheless. Empty while none ever gave a
 * sign: a shop that was never started, or one that lives in a single process.
 */
export async function listProcesses({ db, clock, policy }: ListProcessesDeps): Promise<ProcessLine[]> {
  const now = clock.now()
  const rows = await listSigns(db.getKysely(), now)
  if (rows.length === 0) return []
  return processNames.flatMap((process) => {
    const row = rows.find((one) => one.process === process)
    const isShown = policy.processes.includes(process) || (row?.running ?? 0) > 0
    return isShown ? [describe(process, row)] : []
  })
}

function describe(process: ProcessName, row: Row | undefined): ProcessLine {
  if (!row) return { process, state: 'missing', running: 0, seenAt: null }
  const state = row.running > 0 ? 'running' : row.isStopped ? 'stopped' : 'silent'
  return { process, state, running: row.running, seenAt: row.seen }
}
