import { addMs, type Clock, isBefore } from '@vpn-kiosk/domain'
import type { FastifyInstance } from 'fastify'
import type { HealthChecks, Logger, WebDeps } from '../web-deps.ts'

const checkLimitMs = 2_000
/** However often it is asked: nobody loads the database by asking. */
const keptMs = 1_000

interface Health {
  readonly status: 'ok' | 'degraded' | 'down'
  readonly parts: Readonly<Record<string, 'up' | 'down'>>
}

type HealthDeps = Pick<WebDeps, 'shop' | 'checks' | 'sideChecks' | 'clock' | 'logger'>

/**
 * `GET /health`: 503 `down` when something is away that we cannot work without, so that a proxy asks elsewhere; 200
 * `degraded` when only what we go on without is: Redis, a process of the shop that does not run, servers of which none
 * serves, people who paid and wait for more than five minutes (`deliveries`), or a full disk; else 200 `ok`. Each part is
 * named with its state.
 */
export function healthRoute(server: FastifyInstance, deps: HealthDeps): void {
  const read = keep(deps.clock, () => readHealth(deps))
  server.get('/health', async (_request, reply) => {
    const { status, parts } = await read()
    return reply
      .code(status === 'down' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status, ...parts })
  })
}

function keep<T>(clock: Clock, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: Date; readonly value: Promise<T> } | null = null
  return () => {
    const now = clock.now()
    if (!kept || !isBefore(now, kept.until)) kept = { until: addMs(now, keptMs), value: read() }
    return kept.value
  }
}

async function readHealth({ shop, checks, sideChecks = {}, logger }: HealthDeps): Promise<Health> {
  const [needed, beside, own] = await Promise.all([
    readParts(checks, logger),
    readParts(sideChecks, logger),
    readShop(shop, logger),
  ])
  const others = { ...beside, ...own }
  const isUp = (parts: Health['parts']): boolean => Object.values(parts).every((state) => state === 'up')
  const status = !isUp(needed) ? 'down' : isUp(others) ? 'ok' : 'degraded'
  return { status, parts: { ...needed, ...others } }
}

/** The state of each part that is asked how it is. */
export async function readParts(checks: HealthChecks, logger: Logger): Promise<Health['parts']> {
  const states = Object.entries(checks).map(async ([name, ask]) => [name, await stateOf(name, ask, logger)] as const)
  return Object.fromEntries(await Promise.all(states))
}

/** What the shop says of itself; nothing when that cannot be read, which the database's own check says. */
async function readShop(shop: HealthDeps['shop'], logger: Logger): Promise<Health['parts']> {
  let parts: Health['parts'] = {}
  await stateOf(
    'the shop',
    async () => {
      const { processes, isDeliveryLate, isDiskFull, servers } = await shop.getHealth()
      parts = {
        ...Object.fromEntries(processes.map(({ process, state }) => [process, state === 'running' ? 'up' : 'down'])),
        deliveries: isDeliveryLate ? 'down' : 'up',
        disk: isDiskFull ? 'down' : 'up',
        ...(servers === 'none' ? {} : { servers: servers === 'serving' ? 'up' : 'down' }),
      }
    },
    logger,
  )
  return parts
}

async function stateOf(name: string, check: () => Promise<unknown>, logger: Logger): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${checkLimitMs / 1000} s`)), checkLimitMs)
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
