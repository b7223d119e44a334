import type { JobData, JobName, Priority } from './jobs.ts'

/** The transaction in which a job is enqueued, as returned by MikroORM's `em.getTransactionContext()`. */
export type QueueTransaction = unknown

export interface EnqueueOptions {
  /** Enqueues in this transaction: a rollback removes the job. */
  readonly transaction?: QueueTransaction
  /** The job runs no earlier than this many milliseconds from now. */
  readonly delayMs?: number
  /** The job's priority among jobs of the same name; by default `usualPriority`. */
  readonly priority?: Priority
  /**
   * At most one job of this name, priority and key waits for its first run; another one is not enqueued. Do not use a
   * key that many transactions share: a transaction waits for the end of another one that enqueues the same key.
   */
  readonly key?: string
  /** The job has no retries: the sweep that enqueues it comes again, and retries would pile up during an outage. */
  readonly isSwept?: boolean
}

/** The part of the queue that the business (`packages/shop`) uses. */
export interface Enqueuer {
  enqueue<N extends JobName>(name: N, data: JobData<N>, options?: EnqueueOptions): Promise<void>
  /** Enqueues many jobs of one name with one statement, such as a page of a sweep. `keyOf` returns each job's `key`. */
  enqueueMany<N extends JobName>(name: N, data: readonly JobData<N>[], options?: EnqueueManyOptions<N>): Promise<void>
}

export interface EnqueueManyOptions<N extends JobName> extends Omit<EnqueueOptions, 'key'> {
  readonly keyOf?: (data: JobData<N>) => string
}

export interface WorkOptions {
  /** Number of fetchers in this process (default 1). A fetcher works on one batch at a time. */
  readonly workers?: number
  /** Number of additional fetchers for urgent jobs only (default 0), so that other jobs never occupy every fetcher. */
  readonly urgentWorkers?: number
  /** Jobs that a fetcher runs concurrently (default 5, at least 2). A slow job delays only its own batch. */
  readonly batch?: number
  /**
   * After this time a job is marked as completed and continues in the background, so that its batch can go on. Only for
   * work that a sweep finds again: when the work then fails, or the process dies, the queue does not retry it.
   */
  readonly yieldAfterMs?: number
}

export interface QueueDepth {
  readonly name: JobName
  readonly waiting: number
  readonly active: number
  /** Seconds for which the oldest due job has waited; 0 when no job waits. */
  readonly oldestSeconds: number
}

/** A durable job queue in Postgres. When a handler throws, its job is retried with backoff. */
export interface Queue extends Enqueuer {
  work<N extends JobName>(name: N, handler: (data: JobData<N>) => Promise<void>, options?: WorkOptions): Promise<void>
  depths(): Promise<QueueDepth[]>
  /** Stops fetching, waits up to `drainMs` for running jobs, then closes the queue's own connections. */
  close(drainMs?: number): Promise<void>
}
