import { addMs, isBefore } from '@vpn-kiosk/domain'
import { readParts } from '../health/health.ts'
import type { WebDeps } from '../web-deps.ts'
import type { Metrics } from './create-metrics.ts'

const keptMs = 10_000

type FigureDeps = Pick<WebDeps, 'shop' | 'queue' | 'clock' | 'logger' | 'checks' | 'sideChecks'>

/** Puts the business' figures into the gauges, asking the database at most once in ten seconds. */
export function createFigures(metrics: Metrics, deps: FigureDeps): () => Promise<void> {
  let kept: { readonly until: Date; readonly done: Promise<void> } | null = null
  return () => {
    const now = deps.clock.now()
    if (!kept || !isBefore(now, kept.until)) kept = { until: addMs(now, keptMs), done: readAll(metrics, deps) }
    return kept.done
  }
}

async function readAll(metrics: Metrics, deps: FigureDeps): Promise<void> {
  const [parts] = await Promise.all([
    readParts({ ...deps.checks, ...deps.sideChecks }, deps.logger),
    read(metrics, deps),
  ])
  for (const [part, state] of Object.entries(parts)) metrics.parts.set({ part }, state === 'up' ? 1 : 0)
}

/** While the database is away the process' own figures are still wanted: that it is away is one of them. */
async function read(metrics: Metrics, { shop, queue, logger, clock }: FigureDeps): Promise<void> {
  try {
    const [backlog, depths, health] = await Promise.all([shop.getBacklog(), queue.depths(), shop.getHealth()])
    forget(metrics)
    showBacklog(metrics, backlog, clock.now())
    showHealth(metrics, health, clock.now())
    for (const { name, waiting, active, oldestSeconds } of depths) {
      metrics.queueJobs.set({ name, state: 'waiting' }, waiting)
      metrics.queueJobs.set({ name, state: 'active' }, active)
      metrics.queueOldest.set({ name }, oldestSeconds)
    }
    metrics.isReadable.set(1)
  } catch (error) {
    forget(metrics)
    metrics.isReadable.set(0)
    logger.warn({ err: error }, 'Metrics: the database does not answer')
  }
}

type Backlog = Awaited<ReturnType<WebDeps['shop']['getBacklog']>>
type Health = Awaited<ReturnType<WebDeps['shop']['getHealth']>>

function showHealth(
  metrics: Metrics,
  { undelivered: { paid, oldestPaidAt }, processes, servers }: Health,
  now: Date,
): void {
  for (const { process, running } of processes) metrics.processes.set({ process }, running)
  if (servers !== 'none') metrics.servers.set(servers === 'serving' ? 1 : 0)
  metrics.undelivered.set(paid)
  metrics.undeliveredOldest.set(ageSeconds(oldestPaidAt, now))
}

const ageSeconds = (since: Date | null, now: Date): number =>
  since ? Math.max(0, (now.getTime() - since.getTime()) / 1000) : 0

function showBacklog(metrics: Metrics, backlog: Backlog, now: Date): void {
  metrics.accessesBehind.set(backlog.accessesBehind)
  metrics.accessOldest.set(backlog.accessAttempts)
  metrics.notificationsWaiting.set({ state: 'held' }, backlog.notificationsHeld)
  metrics.notificationsWaiting.set({ state: 'queued' }, backlog.notificationsQueued)
  metrics.webhooksUnhandled.set(backlog.webhooksUnhandled)
  metrics.casesOpen.set(backlog.cases.open)
  metrics.caseOldestSeconds.set(ageSeconds(backlog.cases.oldestAt, now))
  for (const [state, count] of Object.entries(backlog.paymentsLastDay)) metrics.paymentsLastDay.set({ state }, count)
}

function forget(metrics: Metrics): void {
  metrics.processes.reset()
  metrics.queueJobs.reset()
  metrics.queueOldest.reset()
  metrics.notificationsWaiting.reset()
  metrics.paymentsLastDay.reset()
  metrics.servers.remove()
  metrics.undelivered.remove()
  metrics.undeliveredOldest.remove()
  metrics.accessesBehind.remove()
  metrics.accessOldest.remove()
  metrics.webhooksUnhandled.remove()
  metrics.casesOpen.remove()
  metrics.caseOldestSeconds.remove()
}
