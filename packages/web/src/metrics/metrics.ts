import type { FastifyInstance, FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import type { Problems } from '../problems.ts'
import type { Metrics } from './create-metrics.ts'

const nearRanges = new Set(['loopback', 'private', 'uniqueLocal'])

/** Any of them says that somebody farther away asks through a proxy. */
const proxyHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via']

interface MetricsDeps {
  readonly metrics: Metrics
  readonly readFigures: () => Promise<void>
  readonly problems: Problems
}

/** `GET /metrics` for Prometheus on the same machine or in the same private network; it does not exist for others. */
export function metricsRoute(server: FastifyInstance, { metrics, readFigures, problems }: MetricsDeps): void {
  server.get('/metrics', async (request, reply) => {
    if (!isNear(request)) return problems.answer(request, reply, 404)
    await readFigures()
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

function isNear({ socket, headers }: FastifyRequest): boolean {
  if (proxyHeaders.some((name) => headers[name] !== undefined)) return false
  const address = socket.remoteAddress ?? ''
  // `process` turns ::ffff:10.0.0.1, which a dual-stack socket reports, into 10.0.0.1.
  return ipaddr.isValid(address) && nearRanges.has(ipaddr.process(address).range())
}
