import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** How finely the delay of the event loop is measured: ten times a second, or a server at rest would do nothing else. */
const eventLoopStepMs = 100

export type Metrics = ReturnType<typeof createMetrics>

/** Every figure of this process, in a registry of its own, so that several servers in one process do not mix. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: eventLoopStepMs })
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  return {
    registry,
    httpDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from request to answer, by route',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    webhooks: new Counter({
      name: 'kiosk_webhooks_total',
      help: 'Payment webhooks by provider and what became of them',
      labelNames: ['provider', 'outcome'] as const,
      registers,
    }),
    isReadable: gauge('kiosk_database_up', '1 when the figures below could be read; they are absent otherwise'),
    parts: gauge('kiosk_part_up', '1 when a part that /health asks answers (database, redis)', ['part']),
    servers: gauge('kiosk_servers_serving', '1 when a server serves, 0 when none does; absent while there is none'),
    processes: gauge('kiosk_process_up', 'Copies of a process that gave a sign of life lately', ['process']),
    queueJobs: gauge('kiosk_queue_jobs', 'Jobs that wait or are worked on', ['name', 'state']),
    queueOldest: gauge('kiosk_queue_oldest_seconds', 'How long the oldest runnable job has waited', ['name']),
    undelivered: gauge('kiosk_paid_not_delivered', 'People who paid and have nothing that works (up to 10000)'),
    undeliveredOldest: gauge(
      'kiosk_paid_not_delivered_oldest_seconds',
      'How long the one of them who has waited longest waits; 0 when nobody does',
    ),
    accessesBehind: gauge('kiosk_accesses_behind', 'Accesses whose server does not agree yet (up to 10000)'),
    accessOldest: gauge('kiosk_access_oldest_attempts', 'Attempts made for the most stubborn access that is behind'),
    notificationsWaiting: gauge('kiosk_notifications_waiting', 'Notifications not told yet (up to 10000 each)', [
      'state',
    ]),
    casesOpen: gauge('kiosk_cases_open', 'Payments and webhooks that only a human can end'),
    caseOldestSeconds: gauge('kiosk_case_oldest_seconds', 'Age of the oldest of them, 0 when there is none'),
    webhooksUnhandled: gauge('kiosk_webhooks_unhandled', 'Stored webhooks of payments that are not ours or not found'),
    paymentsLastDay: gauge('kiosk_payments_last_day', 'Payments opened in the last 24 hours, by state', ['state']),
  }
}
