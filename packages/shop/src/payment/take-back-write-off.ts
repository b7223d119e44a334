import { type EntityManager, PaymentEntity } from '@vpn-kiosk/db'
import type { LockedPayment } from '../refund/book-refund.ts'
import { reverseWriteOff } from './reverse-write-off.ts'

/**
 * What had been given up is there after all, or was claimed: the provider says that more came than what is left in the books.
 * `came`: all that came, what was given back included. The caller has locked the payment. False where nothing was given up,
 * or what came may be without it.
 */
export async function takeBackWriteOff(
  em: EntityManager,
  payment: LockedPayment,
  came: bigint,
  at: Date,
): Promise<boolean> {
  const { id, state, received, refundedBefore, writtenOff } = payment
  if (came <= received.minor + refundedBefore - writtenOff) return false
  if (!(await reverseWriteOff(em, payment, state === 'mismatch' ? 'unclaimed' : 'lost', at))) return false
  await em.nativeUpdate(PaymentEntity, { id }, { difference: null, differenceMinor: null, differenceSaid: null })
  return true
}
