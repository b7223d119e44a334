import type { Clock } from '@vpn-kiosk/domain'

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }
