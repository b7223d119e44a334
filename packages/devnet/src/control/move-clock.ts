import { dayMs } from '@vpn-kiosk/domain'
import type { ControlledWorld } from './world.ts'

/**
 * Lets time pass and everything happen that falls due on the way. A long leap goes day by day, so that a reminder
 * "three days left" comes before the one that says it is over.
 */
export async function moveClock({ clock, tick }: Pick<ControlledWorld, 'clock' | 'tick'>, ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= dayMs) {
    clock.advance(Math.min(leftMs, dayMs))
    await tick()
  }
}
