import { randomUUID } from 'node:crypto'
import { fromKysely, type JobInsert, type JobResult, PgBoss } from 'pg-boss'
import { type AlarmClock, createAlarmClock } from './alarm-clock.ts'
import { noRetry } from './backoff.ts'
import {
  type JobData,
  type JobName,
  jobNames,
  jobSchemas,
  type Priority,
  priorityNumbers,
  queueOptionsOf,
  usualPriority,
} from './jobs.ts'
import { createOverdue, type Overdue } from './overdue.ts'
import type { EnqueueOptions, Queue, QueueDepth, QueueTransaction, WorkOptions } from './queue.ts'
import { sharePool } from './share-pool.ts'

export interface QueueOptions {
  readonly url: string
  /** The process's pool of `pg` connections, which the queue then shares. By default the queue opens its own. */
  readonly pool?: object
  /**
   * Whether this process looks for jobs whose worker died (default true). One process is enough, and each one queries
   * the database often; where several processes share the queue, choose the one that must always run.
   */
  readonly supervises?: boolean
  /** Whether this process takes jobs (default true). A process that only enqueues needs no connection for LISTEN. */
  readonly listens?: boolean
  /** Called with a failure that no caller can receive: of a job, or of the queue in the background. */
  readonly onError: (error: Error, job?: { name: JobName; data: unknown }) => void
}

/** The longest delay of a due job whose NOTIFY was lost: workers look for such jobs with a slow poll. */
const slowPollSeconds = 60

type KyselyTransaction = Parameters<typeof fromKysely>[0]

/** Opens the queue and creates its schema and its queues where they are missing. */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: options.url,
    max: 4,
    useListenNotify: options.listens ?? true,
    schedule: false,
    supervise: options.supervises ?? true,
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
    // pg-boss polls for jobs that depend on other jobs, and for index builds. The shop has no such jobs, and pg-boss
    // builds indexes only after an update, so both polls are rare.
    flowIntervalSeconds: 3600,
    bamIntervalSeconds: 600,
    application_name: 'vpn-kiosk-queue',
  })
  boss.on('error', (error) => options.onError(error))
  if (options.pool) sharePool(boss, options.pool)
  await start(boss)
  const overdue = createOverdue()
  const workerIds = new Map<string, string>()
  const alarms = createAlarmClock((name) => {
    const id = workerIds.get(name)
    if (id) boss.notifyWorker(id)
  })

  return {
    enqueue: async (name, data, { transaction, ...options } = {}) => {
      await boss.insert(name, [toJob(name, data, options)], within(transaction))
      if (options.delayMs) alarms.set(name, options.delayMs)
    },
    enqueueMany: async (name, data, { transaction, keyOf, ...options } = {}) => {
      if (data.length === 0) return
      const jobs = data.map((one) => toJob(name, one, { ...options, ...(keyOf ? { key: keyOf(one) } : {}) }))
      await boss.insert(name, jobs, within(transaction))
      if (options.delayMs) alarms.set(name, options.delayMs)
    },
    work: (name, handler, workOptions) =>
      startWorker({ boss, overdue, alarms, workerIds, onError: options.onError }, name, handler, workOptions),
    depths: () => readDepths(boss),
    close: async (drainMs = 8000) => {
      alarms.close()
      await Promise.all([overdue.drain(drainMs), boss.stop({ graceful: true, timeout: drainMs, close: true })])
    },
  }
}

/** Fails when pg-boss gets no connection for LISTEN: pg-boss would then poll every second for as long as it runs. */
async function start(boss: PgBoss): Promise<void> {
  let deafness: string | null = null
  boss.on('warning', ({ message, data }) => {
    if ('type' in data && data.type === 'listen_notify_unavailable')
      deafness = 'error' in data ? String(data.error) : message
  })
  try {
    await boss.start()
    if (deafness !== null) throw new Error(deafness)
    await ensureQueues(boss)
  } catch (error) {
    await boss.stop({ graceful: false, close: true })
    throw error
  }
}

const within = (transaction: QueueTransaction) =>
  transaction ? { db: fromKysely(transaction as KyselyTransaction) } : {}

function toJob<N extends JobName>(
  name: N,
  data: JobData<N>,
  { key, delayMs, isSwept, priority = isSwept ? sweptPriority(name) : usualPriority[name] }: EnqueueOptions,
): JobInsert<object> {
  return {
    data: jobSchemas[name].parse(data),
    priority: priorityNumbers[priority],
    // A delayed job must not replace one that is due now, nor a bulk job an urgent one, so both are part of the key.
    ...(key ? { singletonKey: `${priority}:${delayMs ? 'later' : 'now'}:${key}` } : {}),
    ...(delayMs ? { startAfter: Math.ceil(delayMs / 1000) } : {}),
    ...(isSwept ? noRetry : {}),
  }
}

/** Jobs that a sweep found run after jobs that somebody asks for now. */
const sweptPriority = (name: JobName): Priority => (usualPriority[name] === 'bulk' ? 'bulk' : 'normal')

async function ensureQueues(boss: PgBoss): Promise<void> {
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
  for (const name of jobNames) {
    const { name: _, policy, ...options } = queueOptionsOf(name)
    const queue = existing.get(name)
    const isKept = ([key, value]: [string, unknown]) => queue?.[key as keyof typeof queue] === value
    if (!queue) await boss.createQueue(name, { policy, ...options })
    else if (!Object.entries(options).every(isKept)) await boss.updateQueue(name, options)
    // pg-boss reads a queue's options at its first use, on another connection than the enqueuing transaction. With a
    // pool of one connection both would wait for ever, so the options are read now.
    await boss.findJobs(name, { id: randomUUID() })
  }
  await ensureOneWaitingJobPerKey(boss)
}

/** Holds the promise of `key`, for which pg-boss has no policy in a queue that also has jobs without a key. */
async function ensureOneWaitingJobPerKey(boss: PgBoss): Promise<void> {
  await boss.getDb().executeSql(
    `do $$ begin
       if to_regclass('pgboss.kiosk_one_waiting_per_key') is null then
         perform pg_advisory_xact_lock(hashtext('kiosk_one_waiting_per_key'));
         create unique index if not exists kiosk_one_waiting_per_key on pgboss.job_common (name, singleton_key)
           where state = 'created' and policy = 'standard' and singleton_key is not null;
       end if;
     end $$`,
  )
}

/** The latest times of the first retries of a failed job. The slow poll finds later retries. */
const retryCallsMs = [1000, 2000, 4000, 8000, 16_000]

interface Works {
  readonly boss: PgBoss
  readonly overdue: Overdue
  readonly alarms: AlarmClock
  readonly workerIds: Map<string, string>
  readonly onError: QueueOptions['onError']
}

async function startWorker<N extends JobName>(
  { boss, overdue, alarms, workerIds, onError }: Works,
  name: N,
  handler: (data: JobData<N>) => Promise<void>,
  { workers = 1, urgentWorkers = 0, batch = 5, yieldAfterMs }: WorkOptions = {},
): Promise<void> {
  const settings = {
    batchSize: batch,
    burstWhenBatchFull: true,
    // The first interval applies without a connection for LISTEN. The second finds jobs without a NOTIFY, for example
    // after a crash.
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: slowPollSeconds,
    perJobResults: true as const,
  }
  const run = async ({ id, data }: { id: string; data: unknown }): Promise<JobResult> => {
    try {
      await handler(jobSchemas[name].parse(data) as JobData<N>)
      return { id, status: 'completed' }
    } catch (error) {
      onError(error as Error, { name, data })
      for (const ms of retryCallsMs) alarms.set(name, ms)
      return { id, status: 'failed', output: { message: (error as Error).message } }
    }
  }
  const runOrYield = async (job: { id: string; data: unknown }): Promise<JobResult> => {
    if (yieldAfterMs === undefined) return run(job)
    const outcome = await overdue.await(run(job), yieldAfterMs)
    return outcome === 'overdue' ? { id: job.id, status: 'completed' } : outcome
  }
  const runBatch = (jobs: { id: string; data: unknown }[]) => Promise.all(jobs.map(runOrYield))
  workerIds.set(name, await boss.work<JobData<N>>(name, { ...settings, localConcurrency: workers }, runBatch))
  if (urgentWorkers === 0) return
  const onlyUrgent = { ...settings, localConcurrency: urgentWorkers, minPriority: priorityNumbers.urgent }
  await boss.work<JobData<N>>(name, onlyUrgent, runBatch)
}

async function readDepths(boss: PgBoss): Promise<QueueDepth[]> {
  const { rows } = await boss.getDb().executeSql(
    `select name, count(*) filter (where state <> 'active')::int as waiting, count(*) filter (where state = 'active')::int as active,
      coalesce(extract(epoch from now() - min(start_after) filter (where state <> 'active' and start_after <= now())), 0)::int as oldest
     from pgboss.job where state in ('created', 'retry', 'active') group by name`,
  )
  return rows.map((row) => ({ name: row.name, waiting: row.waiting, active: row.active, oldestSeconds: row.oldest }))
}
