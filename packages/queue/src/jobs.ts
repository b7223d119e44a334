import { z } from 'zod'

const id = z.string().min(5).max(40)

/**
 * Every kind of work that waits its turn, with the shape of its data. A job is a nudge: the truth is in the
 * tables, so any job may run twice, late, or not at all (a sweep finds what was forgotten).
 */
export const jobSchemas = {
  'settle-payment': z.object({ paymentId: id }),
  'grant-access': z.object({ accessId: id }),
  'tell-customer': z.object({ noticeId: id }),
  'tell-staff': z.object({ notice: z.object({ kind: z.string() }).loose() }),
  'run-broadcast': z.object({ broadcastId: id }),
  'sweep-payments': z.object({}),
  'sweep-accesses': z.object({}),
  'sweep-notices': z.object({}),
  'enforce-expiry': z.object({}),
  'remind-expiry': z.object({}),
  'sync-usage': z.object({}),
  'repair-drift': z.object({}),
  'probe-servers': z.object({}),
  'back-up': z.object({}),
} as const

export type JobName = keyof typeof jobSchemas
export type JobData<N extends JobName> = z.infer<(typeof jobSchemas)[N]>

export const jobNames = Object.keys(jobSchemas) as JobName[]

/** Jobs that a schedule starts: one of them at a time, and a second while one waits is the same one. */
export const scheduledJobs = [
  'sweep-payments',
  'sweep-accesses',
  'sweep-notices',
  'enforce-expiry',
  'remind-expiry',
  'sync-usage',
  'repair-drift',
  'probe-servers',
  'back-up',
] as const satisfies readonly JobName[]

export type ScheduledJob = (typeof scheduledJobs)[number]

const dayS = 24 * 3600

/** How each queue is kept in the database. A worker that dies is noticed by its missing heartbeat. */
export function queueOptionsOf(name: JobName) {
  const isScheduled = (scheduledJobs as readonly JobName[]).includes(name)
  return {
    name,
    notify: true,
    policy: isScheduled ? ('exclusive' as const) : ('standard' as const),
    retryLimit: isScheduled ? 0 : 1000,
    ...(isScheduled ? {} : { retryDelay: 1, retryBackoff: true, retryDelayMax: 600 }),
    retentionSeconds: 60 * dayS,
    deleteAfterSeconds: dayS,
    expireInSeconds: name === 'run-broadcast' ? dayS - 1 : 900,
    heartbeatSeconds: 15,
  }
}
