import type { Key } from '@vpn-kiosk/shop'
import type { Situation } from '../words/words.ts'

/** Whoever may connect, but has nothing for a list, waits for a server or has a file for each device. */
export function situationOf({ standing, isTrial, isPreparing, waysIn }: Key): Situation {
  if (isPreparing) return 'preparing'
  if (standing === 'expired' && isTrial) return 'trial_ended'
  return standing === 'active' && waysIn.length === 0 ? 'devices' : standing
}
