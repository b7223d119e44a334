import { type Given, prepared } from '@vpn-kiosk/db'
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

type Sign = RunningCopy & { readonly id: string; readonly state: 'running' | 'stopped'; readonly now: Date }

const writeSign = prepared((db, { id, process, host, pid, version, state, startedAt, now }: Given<Sign>) =>
  db
    .insertInto('process_signs')
    .values({ id, process, host, pid, version, state, started_at: startedAt, seen_at: now })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        state: eb.ref('excluded.state'),
        started_at: eb.ref('excluded.started_at'),
        seen_at: eb.ref('excluded.seen_at'),
      })),
    ),
)

/** Writes down that a copy of a process lives, or that it ended in order. */
export async function recordHeartbeat(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { process, host, pid, version, startedAt }: RunningCopy,
  state: 'running' | 'stopped',
): Promise<void> {
  const id = `${process}@${host}/${pid}`
  await writeSign(db, { id, process, host, pid, version, state, startedAt, now: clock.now() })
}
