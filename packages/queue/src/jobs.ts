import { z } from 'zod'

const id = z.string().min(5).max(40)

/**
 * Every kind of job, with the shape of its data. A job only says that there may be something to do: the truth is in the
 * tables, so a job may run twice, late, or not at all (a sweep finds what was forgotten).
 */
export const jobSchemas = {
  'settle-payment': z.object({ paymentId: id }),
  'inspect-refund': z.object({ paymentId: id }),
  'inspect-webhook': z.object({ webhookId: id }),
  'cancel-invoice': z.object({ paymentId: id }),
  'edit-invoice-messages': z.object({ orderId: id }),
  'complete-key-message': z.object({
    botId: z.number(),
    chatId: z.number(),
    messageId: z.number(),
    customerId: id,
    reason: z.enum(['purchase', 'trial']),
    ready: z.number(),
    looks: z.number(),
  }),
  'provision-access': z.object({ accessId: id }),
  'reprovision-endpoint': z.object({ endpointId: id }),
  /**
   * The same work for accesses that are to be closed or removed. They have a queue of their own, so that cuts and new
   * keys do not wait for each other.
   */
  'cut-access': z.object({ accessId: id }),
  /** Jobs of earlier versions say `noticeId`. */
  'tell-customer': z.union([
    z.object({ notificationId: id }),
    z.object({ noticeId: id }).transform(({ noticeId }) => ({ notificationId: noticeId })),
  ]),
  /** Earlier versions put what is to be told into the job itself. */
  'tell-staff': z.object({ notice: z.object({ kind: z.string() }).loose().optional() }),
  /** Of earlier versions: everybody was written down when it was enqueued. */
  'run-broadcast': z.object({ broadcastId: id }),
  'deliver-broadcast': z.object({ broadcastId: id }),
  'sweep-payments': z.object({}),
  'reconcile-payments': z.object({}),
  'sweep-accesses': z.object({}),
  'sweep-notifications': z.object({}),
  'start-stretches': z.object({}),
  'enforce-device-limit': z.object({}),
  'win-back': z.object({}),
  'expire-subscriptions': z.object({}),
  'remind-expiry': z.object({}),
  'sync-usage': z.object({}),
  'reconcile-endpoints': z.object({}),
  'reconcile-endpoint': z.object({ endpointId: id }),
  'drop-connections': z.object({}),
  'probe-servers': z.object({}),
  'refresh-figures': z.object({}),
  'create-backup': z.object({}),
  'clean-up': z.object({}),
} as const

export type JobName = keyof typeof jobSchemas
export type JobData<N extends JobName> = z.infer<(typeof jobSchemas)[N]>

export const jobNames = Object.keys(jobSchemas) as JobName[]

/**
 * `urgent`: a person waits for the job now, or it takes a right away. `bulk`: jobs that come in thousands and that
 * nobody waits for.
 */
export type Priority = 'urgent' | 'normal' | 'bulk'

/** A higher number is taken first. Jobs of earlier versions have 0. */
export const priorityNumbers: Readonly<Record<Priority, number>> = { urgent: 10, normal: 0, bulk: -10 }

/** What a job has when it is enqueued without a priority. */
export const usualPriority: Readonly<Record<JobName, Priority>> = {
  'settle-payment': 'urgent',
  'inspect-refund': 'normal',
  'inspect-webhook': 'normal',
  'cancel-invoice': 'normal',
  'edit-invoice-messages': 'normal',
  'complete-key-message': 'normal',
  'provision-access': 'urgent',
  'reprovision-endpoint': 'bulk',
  'cut-access': 'urgent',
  'tell-customer': 'normal',
  'tell-staff': 'normal',
  'run-broadcast': 'bulk',
  'deliver-broadcast': 'bulk',
  'sweep-payments': 'normal',
  'reconcile-payments': 'bulk',
  'sweep-accesses': 'normal',
  'sweep-notifications': 'normal',
  'start-stretches': 'normal',
  'enforce-device-limit': 'normal',
  'win-back': 'normal',
  'expire-subscriptions': 'normal',
  'remind-expiry': 'normal',
  'sync-usage': 'normal',
  'reconcile-endpoints': 'normal',
  'reconcile-endpoint': 'urgent',
  'drop-connections': 'normal',
  'probe-servers': 'normal',
  'refresh-figures': 'bulk',
  'create-backup': 'normal',
  'clean-up': 'bulk',
}

/** Jobs that a schedule starts: one of them at a time, and a second while one waits is the same one. */
export const scheduledJobs = [
  'sweep-payments',
  'reconcile-payments',
  'sweep-accesses',
  'sweep-notifications',
  'start-stretches',
  'enforce-device-limit',
  'win-back',
  'expire-subscriptions',
  'remind-expiry',
  'sync-usage',
  'reconcile-endpoints',
  'drop-connections',
  'probe-servers',
  'refresh-figures',
  'create-backup',
  'clean-up',
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
    expireInSeconds: name === 'run-broadcast' || name === 'deliver-broadcast' ? dayS - 1 : 900,
    heartbeatSeconds: 15,
  }
}
