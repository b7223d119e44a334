import type { App } from '@vpn-kiosk/app'
import { startClientBot } from '@vpn-kiosk/client-bot'
import type { JobData, JobName } from '@vpn-kiosk/shop'

type Tell = (job: JobData<'tell-customer'>) => Promise<unknown>

/** Starts the client bot, and returns what it does with the job that tells a notification. */
export async function startTelling({ shop, logger, config }: App): Promise<Tell> {
  const { clientToken, apiRoot } = config.telegram
  const handlers = new Map<JobName, Tell>()
  const queue = { work: async (name: JobName, handler: unknown) => void handlers.set(name, handler as Tell) }
  await startClientBot({ shop, queue, logger, redis: null, token: clientToken ?? '', apiRoot })
  const tell = handlers.get('tell-customer')
  if (!tell) throw new Error('the client bot tells nobody')
  return tell
}
