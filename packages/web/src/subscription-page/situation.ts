import type { Key } from '@vpn-kiosk/shop'
import type { Situation } from '../words/words.ts'

/** Whoever may connect, but has nothing to connect with yet, waits for a server. */
export const situationOf = (key: Key): Situation => (key.isPreparing ? 'preparing' : key.standing)
