import type { EntityManager } from '@vpn-kiosk/db'
import { addonOrBalance } from '../addon/addon-or-balance.ts'
import { trialOrBalance } from '../trial/trial-or-balance.ts'
import type { StoredPayment } from './find-payment.ts'

/** The payment as it is to be booked: money for what cannot be granted any more becomes a top-up of the balance. */
export const orderOrBalance = async (em: EntityManager, payment: StoredPayment, now: Date): Promise<StoredPayment> =>
  payment.isTrial ? trialOrBalance(em, payment) : addonOrBalance(em, payment, now)
