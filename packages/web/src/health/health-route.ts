import { addMs, type Clock, isBefore } from '@vpn-kiosk/domain'
import type { FastifyInstance } from 'fastify'
import type { Logger, WebDeps } from '../web-deps.ts'

const CHECK_LIMIT_MS = 2_000
/** However often it is asked: nobody loads the database by asking. */
const KEPT_MS = 1_000

interface Health {
  readonly status: 'ok' | 'down'
  readonly parts: Readonly<Record<string, 'up' | 'down'>>
}

/** `GET /health`: 200 when everything that we need answers, else 503 naming what is down. */
export function healthRoute(server: FastifyInstance, deps: Pick<WebDeps, 'checks' | 'clock' | 'logger'>): void {
  const read = keep(deps.clock, () => readHealth(deps))
  server.get('/health', async (_request, reply) => {
    const { status, parts } = await read()
    return reply
      .code(status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, ...parts })
  })
}

function keep<T>(clock: Clock, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: Date; readonly value: Promise<T> } | null = null
  return () => {
    const now = clock.now()
    if (!kept || !isBefore(now, kept.until)) kept = { until: addMs(now, KEPT_MS), value: read() }
    return kept.value
  }
}

async function readHealth({ checks, logger }: Pick<WebDeps, 'checks' | 'logger'>): Promise<Health> {
  const states = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await stateOf(name, check, logger)] as const),
  )
  const isOk = states.every(([, state]) => state === 'up')
  return { status: isOk ? 'ok' : 'down', parts: Object.fromEntries(states) }
}

async function stateOf(name: string, check: () => Promise<unknown>, logger: Logger): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_LIMIT_MS / 1000} s`)), CHECK_LIMIT_MS)
  })
  try {
    await Promise.race([check(), limit])
    return 'up'
  } catch (error) {
    logger.warn({ err: error, part: name }, 'Health: a part does not answer')
    return 'down'
  } finally {
    clearTimeout(timer)
  }
}
