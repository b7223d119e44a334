import type { JobData, Shop } from '@vpn-kiosk/shop'
import type { Logger } from '@vpn-kiosk/telegram'
import { createAlarm } from '../alarm.ts'
import { type TellOneDeps, tellOne, type Unwritten } from './tell-one.ts'

export interface TellStaffDeps extends TellOneDeps {
  readonly shop: TellOneDeps['shop'] &
    Pick<Shop, 'adoptStaffAlert' | 'gatherStaffNotifications' | 'claimStaffNotifications' | 'getStaffNotificationDelay'>
}

export interface StaffTeller {
  /** The queue's nudge: something has happened that staff are to hear. */
  take(job: JobData<'tell-staff'>): Promise<void>
  /** Claims nothing any more and waits for the messages that are on their way. */
  close(): Promise<void>
}

const pollMs = 60_000
const longestRestMs = 60_000

/**
 * Tells staff what the rows say, until everybody has heard it, is out of reach, or Telegram refuses it for good. Each
 * person is told apart: whoever is slow or refuses keeps no other from being told. While Telegram or the token is in
 * trouble, nobody is claimed for a while, longer each time.
 */
export function startTellingStaff(deps: TellStaffDeps): StaffTeller {
  const { shop, logger } = deps
  const alarm = createAlarm()
  const underWay = new Set<Promise<void>>()
  const unwritten: Unwritten = new Map()
  let isEnding = false
  let troubles = 0
  let restsUntil = 0

  const tell = (told: Parameters<typeof tellOne>[1]): void => {
    const telling = tellOne(deps, told, unwritten)
      .then(({ concernsEverybody }) => {
        if (concernsEverybody) restsUntil = performance.now() + Math.min(longestRestMs, 1000 * 2 ** troubles)
        troubles = concernsEverybody ? troubles + 1 : 0
      })
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'How telling staff ended is not written down'))
      .finally(() => {
        underWay.delete(telling)
        alarm.ring()
      })
    underWay.add(telling)
  }
  const goOnce = async (): Promise<number> => {
    while ((await shop.gatherStaffNotifications()) > 0 && !isEnding);
    const restMs = restsUntil - performance.now()
    if (restMs > 0) return restMs
    for (const told of await shop.claimStaffNotifications()) tell(told)
    return (await shop.getStaffNotificationDelay()) ?? pollMs
  }
  const run = async (): Promise<void> => {
    while (!isEnding) {
      const waitMs = await goOnce().catch((error: unknown) => waitForDatabase(logger, error))
      // What is being told is not due for others; its end rings.
      if (!isEnding) await alarm.wait(Math.min(pollMs, Math.max(waitMs, 100)))
    }
  }
  const running = run()
  return {
    async take({ notice: notification }) {
      if (notification) await shop.adoptStaffAlert(notification)
      alarm.ring()
    },
    async close() {
      isEnding = true
      alarm.ring()
      await running
      await Promise.allSettled(underWay)
    },
  }
}

function waitForDatabase(logger: Logger, error: unknown): number {
  logger.warn({ error: String(error) }, 'Staff notifications wait for the database')
  return 5000
}
