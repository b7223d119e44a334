import type { BroadcastId } from '@vpn-kiosk/domain'
import type { Queue } from '@vpn-kiosk/shop'
import type { Logger, Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { type BroadcastShop, deliverBroadcast } from './deliver-broadcast.ts'

export interface BroadcastsDeps {
  readonly shop: BroadcastShop
  readonly queue: Pick<Queue, 'work'>
  /** The client bot's. */
  readonly api: Api
  readonly translations: Translations
  readonly logger: Logger
}

export interface RunningBroadcasts {
  /** Claims nobody any more and waits for the few messages on their way. What is left goes on with the next start. */
  close(): Promise<void>
}

/** A broadcast that was cut short is a failed job, so that the queue hands it to whoever is left. */
class BroadcastInterrupted extends Error {
  override readonly name = 'BroadcastInterrupted'
}

/** Goes on with what was running when the process ended, and takes new broadcasts from the queue. */
export async function startBroadcasts({
  shop,
  queue,
  api,
  translations,
  logger,
}: BroadcastsDeps): Promise<RunningBroadcasts> {
  const ending = new AbortController()
  const running = new Map<BroadcastId, Promise<void>>()
  const start = async (id: BroadcastId): Promise<void> => {
    const result = await deliverBroadcast({ shop, api, translations, logger, signal: ending.signal }, id)
    logger.info({ broadcastId: id, result: result.kind }, 'A broadcast has ended')
    if (result.kind === 'interrupted') throw new BroadcastInterrupted(`${id} goes on with the next start`)
  }
  const run = (id: BroadcastId): Promise<void> => {
    const known = running.get(id)
    if (known) return known
    const started = start(id).finally(() => running.delete(id))
    running.set(id, started)
    return started
  }
  for (const name of ['deliver-broadcast', 'run-broadcast'] as const)
    await queue.work(name, ({ broadcastId }) => run(broadcastId as BroadcastId), { workers: 2 })
  for (const id of await shop.listRunningBroadcasts())
    run(id).catch((error: unknown) =>
      logger.warn({ broadcastId: id, error: String(error) }, 'A broadcast stopped before its end'),
    )
  return {
    close: async () => {
      ending.abort()
      await Promise.allSettled(running.values())
    },
  }
}
