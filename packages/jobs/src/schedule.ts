import type { Queue, ScheduledJob } from '@vpn-kiosk/shop'
import { type ScheduledTask, schedule } from 'node-cron'
import { watchOutage } from './watch-outage.ts'

/** When each job is due: cron with seconds, in the shop's time zone. A tick only enqueues the job. */
export const timetable: Readonly<Record<ScheduledJob, string>> = {
  'start-stretches': '10,30,50 * * * * *',
  'expire-subscriptions': '*/20 * * * * *',
  'enforce-device-limit': '45 * * * * *',
  'win-back': '55 10 * * * *',
  'end-gifts': '5 */10 * * * *',
  'sweep-payments': '*/15 * * * * *',
  'sweep-refunds': '20 * * * * *',
  'recognize-revenue': '0 5 0 * * *',
  'sweep-accesses': '*/15 * * * * *',
  'watch-disk': '50 */5 * * * *',
  'probe-servers': '5,35 * * * * *',
  'probe-providers': '20 */5 * * * *',
  'refresh-figures': '40 */5 * * * *',
  'remind-expiry': '35 * * * * *',
  'renew-subscriptions': '55 * * * * *',
  'sync-usage': '50 */2 * * * *',
  'reconcile-endpoints': '15 */10 * * * *',
  'drop-connections': '*/10 * * * * *',
  'sweep-notifications': '25 */5 * * * *',
  'create-backup': '0 30 3 * * *',
  'clean-up': '0 10 4 * * *',
  'reconcile-payments': '0 40 4 * * *',
}

export interface ScheduleDeps {
  readonly queue: Pick<Queue, 'enqueue'>
  readonly timeZone: string
  readonly logger: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
  }
}

/**
 * Enqueues each job when it is due, unless the last one of its kind still waits or runs. A database outage is logged
 * once when it begins and once when it ends.
 */
export function startSchedule({ queue, timeZone, logger }: ScheduleDeps): { close(): Promise<void> } {
  const attempt = watchOutage({
    begins: (error) => logger.warn({ err: error }, 'The schedule waits for the database'),
    ends: (missedTicks) => logger.info({ missedTicks }, 'The schedule goes on'),
  })
  const tasks: ScheduledTask[] = Object.entries(timetable).map(([name, expression]) => {
    const job = name as ScheduledJob
    return schedule(expression, () => void attempt(() => queue.enqueue(job, {})), { timezone: timeZone })
  })
  return {
    close: async () => {
      for (const task of tasks) await task.destroy()
    },
  }
}
