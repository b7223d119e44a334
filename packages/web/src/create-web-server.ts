import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { type FastifyInstance, fastify } from 'fastify'
import { createContacts } from './contacts.ts'
import { healthRoute } from './health/health.ts'
import { loadTranslations } from './load-translations.ts'
import { logoRoute } from './logo/logo.ts'
import { createMetrics } from './metrics/create-metrics.ts'
import { createFigures } from './metrics/figures.ts'
import { metricsRoute } from './metrics/metrics.ts'
import { openRoute } from './open/open.ts'
import { createProblems } from './problems.ts'
import { subscriptionRoute } from './subscription/subscription.ts'
import { watchRequests } from './watch-requests.ts'
import { defaultLimits, type WebDeps, type WebLimits } from './web-deps.ts'
import { webhookRoute } from './webhook/webhook.ts'

const minute = '1 minute'

/** What machines and browsers call, not listening yet. */
export async function createWebServer(deps: WebDeps, limits: WebLimits = defaultLimits): Promise<FastifyInstance> {
  const { shop, clock, logger } = deps
  const translations = loadTranslations(shop.policy, { logger })
  const contacts = createContacts(shop, clock)
  const metrics = createMetrics()
  const problems = createProblems({ logger, translations, contacts })
  const pages = { shop, clock, translations, contacts, problems }
  const server = fastify({
    ...timeoutsOf(limits),
    trustProxy: deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false,
    // An address that cannot be read leads nowhere.
    frameworkErrors: (_error, request, reply) => void problems.answer(request, reply, 404),
  })

  watchRequests(server, { logger, metrics })
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"] } },
  })
  await server.register(rateLimit, { global: false, max: limits.othersPerMinute, timeWindow: minute, cache: 20_000 })
  server.addHook('onSend', (_request, reply, _payload, done) => {
    reply.header('x-robots-tag', 'noindex, nofollow')
    done()
  })
  server.setErrorHandler(problems.answerError)
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) =>
    problems.answer(request, reply, 404),
  )

  await server.register(async (scope) => {
    scope.addHook('onRequest', server.rateLimit({ max: limits.webhooksPerMinute, timeWindow: minute }))
    webhookRoute(scope, {
      shop,
      logger,
      clock,
      count: (provider, outcome) => metrics.webhooks.inc({ provider, outcome }),
    })
  })
  await server.register(async (scope) => {
    scope.addHook('onRequest', server.rateLimit({ max: limits.pagesPerMinute, timeWindow: minute }))
    subscriptionRoute(scope, pages)
    openRoute(scope, pages)
    logoRoute(scope, pages)
  })
  await server.register(async (scope) => {
    scope.addHook('onRequest', server.rateLimit())
    healthRoute(scope, deps)
    metricsRoute(scope, { metrics, problems, readFigures: createFigures(metrics, deps) })
    scope.get('/robots.txt', async (_request, reply) => reply.type('text/plain').send('User-agent: *\nDisallow: /\n'))
  })
  return server
}

/** Who sends slowly is cut off; who is slow behind us is told to repeat. A proxy's idle connections outlive its own. */
const timeoutsOf = ({ requestTimeoutMs, handlerTimeoutMs }: WebLimits) => ({
  requestTimeout: requestTimeoutMs,
  handlerTimeout: handlerTimeoutMs,
  keepAliveTimeout: 65_000,
  http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: Math.min(2_000, requestTimeoutMs) },
})
