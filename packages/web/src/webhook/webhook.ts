import type { Clock, RawWebhook } from '@vpn-kiosk/domain'
import type { ReceiveWebhookResult } from '@vpn-kiosk/shop'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bodyLimitBytes, type Logger, type WebShop } from '../web-deps.ts'
import { createRefusalLog } from './refusal-log.ts'

export interface WebhookDeps {
  readonly shop: Pick<WebShop, 'receiveWebhook'>
  readonly logger: Logger
  readonly clock: Clock
  readonly count: (provider: string, outcome: string) => void
}

/**
 * `POST /pay/:provider`: what a payment provider calls. 200 only after the webhook is stored; a failure of ours is a
 * 503, so that the provider repeats. The body goes to its adapter byte for byte, since signatures are made over bytes,
 * and nowhere else: no log carries it.
 */
export function webhookRoute(server: FastifyInstance, { shop, logger, clock, count }: WebhookDeps): void {
  const refusals = createRefusalLog({ logger, clock })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, done) =>
    done(null, body),
  )
  server.post<{ Params: { provider: string } }>(
    '/pay/:provider',
    { bodyLimit: bodyLimitBytes },
    async (request, reply) => {
      const { provider } = request.params
      const raw = rawWebhookOf(request)
      const result = await shop.receiveWebhook(provider, raw)
      if (result.kind !== 'unknown_provider') count(provider, result.kind)
      const why = 'why' in result ? { why: result.why.slice(0, 200) } : {}
      const fields = {
        provider: provider.slice(0, 40),
        outcome: result.kind,
        ...why,
        ip: raw.sourceIp,
        bytes: raw.body.length,
      }
      if (result.kind === 'stored' || result.kind === 'ignored') logger.info(fields, 'Took in a webhook')
      else refusals.note(fields)
      const { status, text } = answerTo(result)
      return reply.code(status).type('text/plain; charset=utf-8').send(text)
    },
  )
}

function rawWebhookOf(request: FastifyRequest): RawWebhook {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ])
  return {
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    headers: Object.fromEntries(headers),
    // A socket that listens on IPv6 as well writes IPv4 callers as ::ffff:1.2.3.4.
    sourceIp: request.ip.slice(0, 64).replace(/^::ffff:(?=\d+\.)/i, ''),
  }
}

function answerTo(result: ReceiveWebhookResult): { readonly status: number; readonly text: string } {
  switch (result.kind) {
    case 'stored':
    case 'ignored':
      return { status: 200, text: 'OK' }
    case 'rejected':
      return { status: 400, text: 'Rejected' }
    case 'unknown_provider':
      return { status: 404, text: 'No such provider' }
  }
}
