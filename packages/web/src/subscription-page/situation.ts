import type { Key } from '@vpn-kiosk/shop'
import type { Situation } from '../words/words.ts'

/** Whoever may connect, but has nothing for a list, waits for a server or has a file for each device. */
export function situationOf({ standing, isPreparing, waysIn }: Key): Situation {
  if (isPreparing) return 'preparing'
  return standing === 'active' && waysIn.length === 0 ? 'devices' : standing
}
