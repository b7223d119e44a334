import type { App } from '@vpn-kiosk/app'
import { jobs } from '@vpn-kiosk/jobs'
import type { JobName } from '@vpn-kiosk/shop'

/** What finds the work that a dead process left; `startJobs` and the timetable start each of them. */
const sweeps = [
  'start-stretches',
  'expire-subscriptions',
  'sweep-payments',
  'sweep-refunds',
  'renew-subscriptions',
  'end-gifts',
  'sweep-accesses',
  'sweep-notifications',
] as const satisfies readonly JobName[]

interface Waiting {
  readonly id: string
  readonly name: string
  readonly data: never
}

/** Does at once what the jobs process would: every sweep, and every job that they and the verbs have queued. */
export async function runSweeps({ shop, db }: App): Promise<void> {
  const handlers = new Map<string, (data: never) => Promise<unknown>>()
  for (const job of jobs)
    await job.register({ work: async (name, handler) => void handlers.set(name, handler as never) }, shop)
  // The second round finds what the last sweeps of the first have left for the first ones.
  for (let round = 0; round < 2; round++) {
    for (const name of sweeps) await handlers.get(name)?.({} as never)
    for (;;) {
      const waiting = await listWaiting(db, [...handlers.keys()])
      if (waiting.length === 0) break
      for (const { id, name, data } of waiting) {
        await handlers.get(name)?.(data)
        await db.em().execute('delete from pgboss.job where id = ?', [id])
      }
    }
  }
}

/** Jobs that the jobs process would take now. */
export const listWaiting = (
  db: App['db'],
  names: readonly string[] = jobs.map(({ name }) => name),
): Promise<Waiting[]> =>
  db.em().execute<Waiting[]>(
    `select id, name, data from pgboss.job where state in ('created', 'retry') and start_after <= now()
       and name in (${names.map(() => '?').join()}) order by created_on`,
    [...names],
  )
