import type { Key } from '@vpn-kiosk/shop'
import type { Situation } from '../words/words.ts'

/** Whoever may connect, but has nothing to connect with yet, waits for a server. */
export const situationOf = (key: Key): Situation =>
  key.standing === 'active' && key.waysIn.length === 0 ? 'preparing' : key.standing
