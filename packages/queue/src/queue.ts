import type { JobData, JobName, Priority } from './jobs.ts'

/** The transaction a job is enqueued in, as MikroORM's `em.getTransactionContext()` returns it. */
export type QueueTransaction = unknown

export interface EnqueueOptions {
  /** Enqueue in this transaction: a rollback takes the job with it. */
  readonly transaction?: QueueTransaction
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number
  /** How soon among the jobs of its name (`usualPriority`). */
  readonly priority?: Priority
  /**
   * At most one job of this name, priority and key waits to run for the first time: another one is the same. Not for
   * keys that many transactions share, because the second of two waits until the first has ended.
   */
  readonly key?: string
  /** Tried once: whoever asks for it comes again by itself (a sweep), and retries would pile up during an outage. */
  readonly isSwept?: boolean
}

/** The half of the queue that the business sees. */
export interface Enqueuer {
  enqueue<N extends JobName>(name: N, data: JobData<N>, options?: EnqueueOptions): Promise<void>
  /** Many of one name in one statement: a page of a sweep. `keyOf` gives each its `key`. */
  enqueueMany<N extends JobName>(name: N, data: readonly JobData<N>[], options?: EnqueueManyOptions<N>): Promise<void>
}

export interface EnqueueManyOptions<N extends JobName> extends Omit<EnqueueOptions, 'key'> {
  readonly keyOf?: (data: JobData<N>) => string
}

export interface WorkOptions {
  /** Fetchers in this process (1); each works on one batch at a time. */
  readonly workers?: number
  /** Further fetchers that take only what is urgent (0), so that other work never fills every place. */
  readonly urgentWorkers?: number
  /** Jobs a fetcher takes at once and works on side by side (5; at least 2). A slow one delays only its own batch. */
  readonly batch?: number
  /**
   * After so long a job counts as done and goes on beside the others, so that its batch has room again. Only for work
   * that is found again without its job: should the process die then, or the work fail, nobody repeats it.
   */
  readonly patienceMs?: number
}

export interface QueueDepth {
  readonly name: JobName
  readonly waiting: number
  readonly active: number
  /** Seconds the oldest runnable job has waited; 0 when none waits. */
  readonly oldestSeconds: number
}

/** Durable work in Postgres. A handler that throws is tried again with growing pauses. */
export interface Queue extends Enqueuer {
  work<N extends JobName>(name: N, handler: (data: JobData<N>) => Promise<void>, options?: WorkOptions): Promise<void>
  depths(): Promise<QueueDepth[]>
  /** Stops fetching, waits up to `drainMs` for what runs, then closes the connections. */
  close(drainMs?: number): Promise<void>
}
