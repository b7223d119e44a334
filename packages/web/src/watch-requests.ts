import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics/create-metrics.ts'
import type { Logger } from './web-deps.ts'

/**
 * Measures each request and logs it by its route: addresses carry tokens, so no address is ever written. What went
 * wrong on our side is loud, the rest is quiet; webhooks have a line of their own.
 */
export function watchRequests(
  server: FastifyInstance,
  { logger, metrics }: { logger: Logger; metrics: Metrics },
): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const { statusCode: status, elapsedTime } = reply
    metrics.httpDuration.observe({ method: request.method, route, status }, elapsedTime / 1000)
    const fields = { method: request.method, route, status, ms: Math.round(elapsedTime), ip: request.ip.slice(0, 64) }
    if (status >= 500) logger.warn(fields, 'Answered with a failure')
    else logger.debug(fields, 'Answered')
    done()
  })
}
