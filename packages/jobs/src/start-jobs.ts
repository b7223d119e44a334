import type { Queue, Shop } from '@vpn-kiosk/shop'
import { jobs } from './jobs.ts'
import { type ScheduleDeps, startSchedule } from './schedule.ts'

export interface JobsDeps {
  readonly shop: Shop
  readonly queue: Queue
  readonly logger: ScheduleDeps['logger']
}

/** What a crash or an outage left behind is looked for at the start, not at the next tick. */
const recoveringJobs = [
  'start-stretches',
  'expire-subscriptions',
  'sweep-payments',
  'sweep-accesses',
  'sweep-notifications',
] as const

/** Takes jobs until `close`; the queue's own `close` waits for those that run then. */
export async function startJobs({ shop, queue, logger }: JobsDeps): Promise<{ close(): Promise<void> }> {
  for (const job of jobs) await job.register(queue, shop)
  for (const name of recoveringJobs) await queue.enqueue(name, {})
  return startSchedule({ queue, timeZone: shop.policy.timeZone, logger })
}
