import type { Queue, ScheduledJob } from '@vpn-kiosk/shop'
import { type ScheduledTask, schedule } from 'node-cron'

/** When what is due (cron with seconds, in the shop's time zone). The tick is nothing: it only asks for the job. */
export const timetable: Readonly<Record<ScheduledJob, string>> = {
  'enforce-expiry': '*/20 * * * * *',
  'sweep-payments': '*/15 * * * * *',
  'sweep-accesses': '*/15 * * * * *',
  'probe-servers': '5 * * * * *',
  'remind-expiry': '35 * * * * *',
  'sync-usage': '50 */2 * * * *',
  'repair-drift': '15 */10 * * * *',
  'sweep-notices': '25 */5 * * * *',
  'back-up': '0 30 3 * * *',
}

export interface ScheduleDeps {
  readonly queue: Pick<Queue, 'enqueue'>
  readonly timeZone: string
  readonly onError: (job: ScheduledJob, error: unknown) => void
}

/** Starts the ticks; a job that still waits or runs is not queued a second time. */
export function startSchedule({ queue, timeZone, onError }: ScheduleDeps): { stop(): Promise<void> } {
  const tasks: ScheduledTask[] = Object.entries(timetable).map(([name, expression]) => {
    const job = name as ScheduledJob
    return schedule(expression, () => void queue.enqueue(job, {}).catch((error: unknown) => onError(job, error)), {
      timezone: timeZone,
    })
  })
  return {
    stop: async () => {
      for (const task of tasks) await task.destroy()
    },
  }
}
