import { z } from 'zod'
import { backoff, noRetry } from './backoff.ts'

const id = z.string().min(5).max(40)

/**
 * Every kind of job, with the shape of its data. A job only says that there may be work; the tables say whether there
 * is. So a job may run twice, late or not at all: a sweep finds work whose job was lost.
 */
export const jobSchemas = {
  'settle-payment': z.object({ paymentId: id }),
  'inspect-refund': z.object({ paymentId: id }),
  'inspect-webhook': z.object({ webhookId: id }),
  'cancel-invoice': z.object({ paymentId: id }),
  'edit-star-subscription': z.object({ paymentId: id }),
  'carry-out-refund': z.object({ refundId: id }),
  'edit-invoice-messages': z.object({ orderId: id }),
  'complete-key-message': z.object({
    botId: z.number(),
    chatId: z.number(),
    messageId: z.number(),
    customerId: id,
    reason: z.enum(['purchase', 'trial', 'gift']),
    ready: z.number(),
    looks: z.number(),
  }),
  'provision-access': z.object({ accessId: id }),
  'reprovision-endpoint': z.object({ endpointId: id }),
  /**
   * Like `provision-access`, for accesses that are to be closed or removed. They have their own queue, so that
   * thousands of expiries do not delay a new key, nor the reverse.
   */
  'cut-access': z.object({ accessId: id }),
  /** Jobs of earlier versions have `noticeId`. */
  'tell-customer': z.union([
    z.object({ notificationId: id }),
    z.object({ noticeId: id }).transform(({ noticeId }) => ({ notificationId: noticeId })),
  ]),
  /** Earlier versions put the notification itself into the job. */
  'tell-staff': z.object({ notice: z.object({ kind: z.string() }).loose().optional() }),
  /** Enqueued by earlier versions only, which stored all recipients before they enqueued the job. */
  'run-broadcast': z.object({ broadcastId: id }),
  'deliver-broadcast': z.object({ broadcastId: id }),
  'sweep-payments': z.object({}),
  'sweep-refunds': z.object({}),
  'recognize-revenue': z.object({}),
  'reconcile-payments': z.object({}),
  'sweep-accesses': z.object({}),
  'sweep-notifications': z.object({}),
  'start-stretches': z.object({}),
  'enforce-device-limit': z.object({}),
  'win-back': z.object({}),
  'end-gifts': z.object({}),
  'expire-subscriptions': z.object({}),
  'remind-expiry': z.object({}),
  'renew-subscriptions': z.object({}),
  'sync-usage': z.object({}),
  'reconcile-endpoints': z.object({}),
  'reconcile-endpoint': z.object({ endpointId: id }),
  'drop-connections': z.object({}),
  'probe-servers': z.object({}),
  'watch-disk': z.object({}),
  'probe-providers': z.object({}),
  'refresh-figures': z.object({}),
  'create-backup': z.object({}),
  'clean-up': z.object({}),
} as const

export type JobName = keyof typeof jobSchemas
export type JobData<N extends JobName> = z.infer<(typeof jobSchemas)[N]>

export const jobNames = Object.keys(jobSchemas) as JobName[]

/**
 * `urgent`: a person waits for the job, or the job ends somebody's access. `bulk`: jobs that come in thousands and that
 * nobody waits for. `normal`: everything else.
 */
export type Priority = 'urgent' | 'normal' | 'bulk'

/** Jobs with a higher number run first. Jobs of earlier versions have 0. */
export const priorityNumbers: Readonly<Record<Priority, number>> = { urgent: 10, normal: 0, bulk: -10 }

/** The priority of a job that is enqueued without one. */
export const usualPriority: Readonly<Record<JobName, Priority>> = {
  'settle-payment': 'urgent',
  'inspect-refund': 'normal',
  'inspect-webhook': 'normal',
  'cancel-invoice': 'normal',
  'edit-star-subscription': 'normal',
  'carry-out-refund': 'normal',
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
  'sweep-refunds': 'normal',
  'recognize-revenue': 'bulk',
  'reconcile-payments': 'bulk',
  'sweep-accesses': 'normal',
  'sweep-notifications': 'normal',
  'start-stretches': 'normal',
  'enforce-device-limit': 'normal',
  'win-back': 'normal',
  'end-gifts': 'normal',
  'expire-subscriptions': 'normal',
  'remind-expiry': 'normal',
  'renew-subscriptions': 'normal',
  'sync-usage': 'normal',
  'reconcile-endpoints': 'normal',
  'reconcile-endpoint': 'urgent',
  'drop-connections': 'normal',
  'probe-servers': 'normal',
  'watch-disk': 'normal',
  'probe-providers': 'normal',
  'refresh-figures': 'bulk',
  'create-backup': 'normal',
  'clean-up': 'bulk',
}

/** Jobs that the schedule enqueues. At most one of each kind waits or runs; another one is not enqueued. */
export const scheduledJobs = [
  'sweep-payments',
  'sweep-refunds',
  'recognize-revenue',
  'reconcile-payments',
  'sweep-accesses',
  'sweep-notifications',
  'start-stretches',
  'enforce-device-limit',
  'win-back',
  'end-gifts',
  'expire-subscriptions',
  'remind-expiry',
  'renew-subscriptions',
  'sync-usage',
  'reconcile-endpoints',
  'drop-connections',
  'probe-servers',
  'watch-disk',
  'probe-providers',
  'refresh-figures',
  'create-backup',
  'clean-up',
] as const satisfies readonly JobName[]

export type ScheduledJob = (typeof scheduledJobs)[number]

const dayS = 24 * 3600

/** The pg-boss options of a job's queue. A missing heartbeat shows that a worker died. */
export function queueOptionsOf(name: JobName) {
  const isScheduled = (scheduledJobs as readonly JobName[]).includes(name)
  return {
    name,
    notify: true,
    policy: isScheduled ? ('exclusive' as const) : ('standard' as const),
    ...(isScheduled ? noRetry : backoff),
    retentionSeconds: 60 * dayS,
    deleteAfterSeconds: dayS,
    expireInSeconds: name === 'run-broadcast' || name === 'deliver-broadcast' ? dayS - 1 : 900,
    heartbeatSeconds: 15,
  }
}
