import type { CallRecord } from '../world/call-log.ts'
import type { ActiveFault } from '../world/faults.ts'
import type { World } from '../world/world.ts'
import type { Request } from './requests.ts'

/** What nobody in Telegram can do: make it fail, and look at what bots asked of it. */
export function createMeddling(world: World) {
  return {
    addFault: (fault: Request<'addFault'>): { readonly id: number } => ({ id: world.faults.add(fault) }),
    clearFaults: ({ id }: Request<'clearFaults'> = {}): void => world.faults.clear(id),
    listFaults: (_request: Request<'listFaults'> = {}): ActiveFault[] => world.faults.list(),

    /** 30 messages a second a bot, 1 a second a private chat, 20 a minute a group: 429 beyond. */
    setRateLimits({ isOn }: Request<'setRateLimits'>): void {
      world.rateLimits.isOn = isOn
    },

    /** The newest `limit` calls (default 200), oldest first. */
    listCalls({ method, limit = 200 }: Request<'listCalls'> = {}): CallRecord[] {
      const wanted = method?.toLowerCase()
      return world.calls
        .list()
        .filter((call) => wanted === undefined || call.method.toLowerCase() === wanted)
        .slice(-limit)
    },
  }
}
