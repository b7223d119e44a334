import type { EntityManager } from '@vpn-kiosk/db'
import { type AccessId, minuteMs } from '@vpn-kiosk/domain'
import type { Priority } from '@vpn-kiosk/queue'
import type { ShopDeps } from '../deps.ts'

/**
 * A sweep puts an access off by this much when it queues its job, so that it does not queue another while that one
 * waits. An attempt may therefore begin so much before it is due.
 */
export const queueAheadMs = minuteMs

type QueueDeps = Pick<ShopDeps, 'queue'>

export interface QueueAccessOptions {
  /** Nobody waits for what is `bulk`. */
  readonly priority?: Priority
  /** Asked for by a sweep, which comes again: one waiting job an access is enough. */
  readonly isSwept?: boolean
}

/** Enqueues the provisioning of an access, in the caller's transaction. */
export const queueAccess = (deps: QueueDeps, em: EntityManager, accessId: AccessId): Promise<void> =>
  queueAccesses(deps, em, [accessId])

/** The same for many, in one statement. */
export const queueAccesses = (
  { queue }: QueueDeps,
  em: EntityManager,
  ids: readonly AccessId[],
  options: QueueAccessOptions = {},
): Promise<void> => queue.enqueueMany('provision-access', toJobs(ids), toEnqueue(em, options))

/**
 * The same for accesses that are to be closed or removed. They have workers of their own, so that cuts and new keys do
 * not wait for each other.
 */
export const queueCuts = (
  { queue }: QueueDeps,
  em: EntityManager,
  ids: readonly AccessId[],
  options: QueueAccessOptions = {},
): Promise<void> => queue.enqueueMany('cut-access', toJobs(ids), toEnqueue(em, options))

const toJobs = (ids: readonly AccessId[]) => ids.map((accessId) => ({ accessId }))

/** A wish of its own needs a job of its own: one that waits already may run before this wish can be seen. */
const toEnqueue = (em: EntityManager, options: QueueAccessOptions) => ({
  ...options,
  transaction: em.getTransactionContext(),
  ...(options.isSwept ? { keyOf: ({ accessId }: { accessId: string }) => accessId } : {}),
})
