import type { Queue, Shop } from '@vpn-kiosk/shop'
import { jobs } from './jobs.ts'
import { type ScheduleDeps, startSchedule } from './schedule.ts'

export interface JobsDeps {
  readonly shop: Shop
  readonly queue: Queue
  readonly logger: ScheduleDeps['logger']
}

/** Jobs that also run at the start, because they find the work that a crash or an outage interrupted. */
const recoveringJobs = [
  'start-stretches',
  'expire-subscriptions',
  'sweep-payments',
  'sweep-accesses',
  'sweep-notifications',
] as const

/** Runs jobs and the schedule. `close` stops the schedule; the queue's own `close` waits for running jobs. */
export async function startJobs({ shop, queue, logger }: JobsDeps): Promise<{ close(): Promise<void> }> {
  for (const job of jobs) await job.register(queue, shop)
  for (const name of recoveringJobs) await queue.enqueue(name, {})
  return startSchedule({ queue, timeZone: shop.policy.timeZone, logger })
}
