import type { ProcessName } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** A running copy of a process. */
export interface RunningCopy {
  readonly process: ProcessName
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly startedAt: Date
}

const record = {
  name: 'record_sign',
  text: `insert into process_signs (id, process, host, pid, version, state, started_at, seen_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (id) do update set version = excluded.version, state = excluded.state,
      started_at = excluded.started_at, seen_at = excluded.seen_at`,
}

/** Writes down that a copy of a process lives, or that it ended in order. */
export async function recordSign(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { process, host, pid, version, startedAt }: RunningCopy,
  state: 'running' | 'stopped',
): Promise<void> {
  const id = `${process}@${host}/${pid}`
  await db.read(record, [id, process, host, pid, version, state, startedAt, clock.now()])
}
