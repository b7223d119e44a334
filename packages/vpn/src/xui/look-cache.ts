import { addMs, type Clock, isBefore } from '@vpn-kiosk/domain'
import type { ServedInbounds } from './served-inbounds.ts'

/** What the chosen inbounds are hardly changes, while reading them brings along every client that they have. */
export interface LookCache {
  /** As they were a moment ago; on a panel of tens of thousands of clients up to half a minute. */
  recent(): Promise<ServedInbounds>
  /** As they are, unless reading them is so slow that it would keep the panel busy. */
  current(): Promise<ServedInbounds>
  /** As they are. */
  fresh(): Promise<ServedInbounds>
}

const mostRecentMs = 30_000
/** A look may cost a panel a twentieth of its time, and a write hardly anything. */
const restPerLook = { current: 20, recent: 300 }

/** Remembers the last look, the longer the slower it was: small panels are looked at nearly every time. */
export function createLookCache(look: () => Promise<ServedInbounds>, clock: Clock): LookCache {
  let known: { readonly at: Date; readonly tookMs: number; readonly served: ServedInbounds } | null = null

  const fresh = async (): Promise<ServedInbounds> => {
    const startedAt = clock.now()
    const served = await look()
    const at = clock.now()
    known = { at, tookMs: at.getTime() - startedAt.getTime(), served }
    return served
  }
  const within = async (looks: number): Promise<ServedInbounds> => {
    if (known === null) return fresh()
    const until = addMs(known.at, Math.min(known.tookMs * looks, mostRecentMs))
    return isBefore(clock.now(), until) ? known.served : fresh()
  }
  return {
    recent: () => within(restPerLook.recent),
    current: () => within(restPerLook.current),
    fresh,
  }
}
