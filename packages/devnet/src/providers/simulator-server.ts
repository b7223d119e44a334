import { once } from 'node:events'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Fault, FaultSwitch } from './fault-switch.ts'

/** How a provider words what went wrong. */
export interface ProviderErrors {
  readonly internal: unknown
  readonly accepted: unknown
  readonly tooMany: unknown
  describe(status: number, message: string, parameter?: string): unknown
}

/** An HTTP server whose `apiPath` obeys the fault switch; its other pages always work. */
export function createSimulatorServer(apiPath: string, faults: FaultSwitch, errors: ProviderErrors): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 256 * 1024 })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  const late = new WeakMap<FastifyRequest, Fault>()
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith(apiPath)) return
    const fault = faults.take(`${request.method} ${request.url}`)
    if (fault === null) return
    if (fault.endsWith('-after-storing')) late.set(request, fault as Fault)
    else await breakEarly(fault as Exclude<Fault, `${string}-after-storing`> | 'down', { request, reply, errors })
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = late.get(request)
    return fault === undefined ? payload : breakLate(fault, { request, reply, errors })
  })
  app.setErrorHandler<Error & { statusCode?: number; parameter?: string }>((error, _request, reply) => {
    const status = error.statusCode ?? 500
    return reply.code(status).send(errors.describe(status, error.message, error.parameter))
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(errors.describe(404, 'not found')))
  return app
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly errors: ProviderErrors
}

async function breakEarly(
  fault: Exclude<Fault, `${string}-after-storing`> | 'down',
  { request, reply, errors }: Exchange,
): Promise<unknown> {
  switch (fault) {
    case 'down':
      reply.hijack()
      return request.raw.socket.destroy()
    case 'silent':
      return reply.hijack()
    case 'error-500':
      return reply.code(500).send(errors.internal)
    case 'accepted-202':
      return reply.code(202).send(errors.accepted)
    case 'rate-limited':
      return reply.code(429).header('retry-after', '30').send(errors.tooMany)
    case 'html-502':
      return reply.code(502).type('text/html').send('<html><h1>502 Bad Gateway</h1></html>')
  }
}

async function breakLate(fault: Fault, { request, reply, errors }: Exchange): Promise<unknown> {
  if (fault === 'error-500-after-storing') {
    reply.code(500).removeHeader('content-length')
    return JSON.stringify(errors.internal)
  }
  const { socket } = request.raw
  if (fault === 'reset-after-storing') socket.destroy()
  // The caller gives up by closing the connection; the answer then goes nowhere.
  else if (!socket.destroyed) await once(socket, 'close')
  return ''
}
