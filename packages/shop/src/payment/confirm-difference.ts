import { type EntityManager, PaymentEntity } from '@vpn-kiosk/db'
import { type DifferenceJudgement, judgeDifference, type PaymentId, type PaymentProvider } from '@vpn-kiosk/domain'
import { notifyStaff } from '../notification/notify-staff.ts'
import type { BookRefundDeps } from '../refund/book-refund.ts'
import { recordRefund } from '../refund/record-refund.ts'
import { bookLateMoney } from './book-late-money.ts'
import { bookedColumns, bookedOf } from './booked-columns.ts'

/**
 * Asks the provider about one settled payment that its list seems to know otherwise, since a page of a list may show a part,
 * and makes the books say what is so: more that came becomes the balance, and what is lacking there is a case for staff.
 * True where they differ. Throws what the provider throws.
 */
export async function confirmDifference(
  deps: BookRefundDeps,
  provider: PaymentProvider,
  paymentId: PaymentId,
): Promise<boolean> {
  const row = await deps.db
    .getKysely()
    .selectFrom('payments')
    .select(['reference', ...bookedColumns])
    .where('id', '=', paymentId)
    .where('state', 'in', ['paid', 'refunded'])
    .executeTakeFirst()
  const booked = row && bookedOf(row)
  if (!booked || row.reference === null) return false
  const status = await provider.fetchStatus(row.reference)
  // A state that nobody knows, or a remembered one, does not say that the money is missing.
  const isUnclear = status.kind === 'pending' && (status.unknownWord !== undefined || status.askAgainAt !== undefined)
  if (isUnclear) return false
  const there = status.kind === 'paid' ? { received: status.received, refunded: status.refunded ?? null } : null
  const judged = judgeDifference(booked, there)
  const isDifferent =
    judged.kind === 'more' ? await bookLateMoney(deps, paymentId, judged.came) : await note(deps, paymentId, judged)
  if (there?.refunded) await recordRefund(deps, paymentId, there.refunded)
  return isDifferent
}

const nothingDiffers = { difference: null, differenceMinor: null, differenceSaid: null }

/** Staff hear of a difference once; what they decided about it stands until it is another one. */
async function note(
  deps: BookRefundDeps,
  id: PaymentId,
  judged: Exclude<DifferenceJudgement, { kind: 'more' }>,
): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    const before = await lockRow(em, id)
    if (judged.kind === 'same') {
      // What was written off agrees with the provider now, and stays to be seen.
      if (before.difference && !before.written_off_minor) await em.nativeUpdate(PaymentEntity, { id }, nothingDiffers)
      return false
    }
    if (before.difference === judged.kind && before.difference_said === judged.there) return true
    const difference = { difference: judged.kind, differenceMinor: judged.missing?.minor ?? null }
    await em.nativeUpdate(PaymentEntity, { id }, { ...difference, differenceSaid: judged.there, decidedAt: null })
    await notifyStaff(deps, em, { kind: 'payment_differs', paymentId: id }, deps.clock.now())
    return true
  })
}

const lockRow = (em: EntityManager, id: PaymentId) =>
  em
    .getKysely()
    .selectFrom('payments')
    .select(['difference', 'difference_said', 'written_off_minor'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
