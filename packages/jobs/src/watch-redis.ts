import type { Shop } from '@vpn-kiosk/shop'

const intervalMs = 30_000

export interface WatchRedisDeps {
  readonly shop: Pick<Shop, 'recordRedis'>
  /** Fails, within seconds, when Redis does not answer. */
  readonly ping: () => Promise<unknown>
  readonly logger: { debug(fields: object, message: string): void }
}

/** Asks Redis each half minute whether it is there. One question at a time; `close` waits for the last one. */
export function watchRedis({ shop, ping, logger }: WatchRedisDeps): { close(): Promise<void> } {
  let asking: Promise<void> | null = null
  const ask = async () => {
    const hasAnswered = await ping().then(
      () => true,
      () => false,
    )
    await shop
      .recordRedis(hasAnswered)
      .catch((error: unknown) => logger.debug({ err: error }, 'Whether Redis answers was not noted'))
    asking = null
  }
  const timer = setInterval(() => {
    asking ??= ask()
  }, intervalMs)
  return {
    close: async () => {
      clearInterval(timer)
      await asking
    },
  }
}
