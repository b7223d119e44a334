import { BlockList, isIPv4, isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Problems } from '../problems.ts'
import type { Metrics } from './create-metrics.ts'

const near = new BlockList()
near.addSubnet('127.0.0.0', 8)
near.addSubnet('10.0.0.0', 8)
near.addSubnet('172.16.0.0', 12)
near.addSubnet('192.168.0.0', 16)
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')

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
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIPv4(address) ? near.check(address) : isIPv6(address) && near.check(address, 'ipv6')
}
