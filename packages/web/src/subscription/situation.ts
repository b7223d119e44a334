import type { Standing } from '@vpn-kiosk/domain'
import type { Key } from '@vpn-kiosk/shop'

/**
 * How a subscription stands as a person sees it. `trial_ended`: only a trial has ended, nothing was bought yet.
 * `preparing`: paid for, but no server has agreed yet. `devices`: the servers give each device a file of its own, so
 * there is nothing to put in a list.
 */
export type Situation = Standing | 'preparing' | 'devices' | 'trial_ended'

/** The end of a situation's keys in the locales: `situation-trial-ended-title`. */
export const situationKey = (situation: Situation): string => `situation-${situation.replaceAll('_', '-')}`

/** Whoever may connect, but has nothing for a list, waits for a server or has a file for each device. */
export function situationOf({ standing, isTrial, isPreparing, waysIn }: Key): Situation {
  if (isPreparing) return 'preparing'
  if (standing === 'expired' && isTrial) return 'trial_ended'
  return standing === 'active' && waysIn.length === 0 ? 'devices' : standing
}
