import { sql } from '@vpn-kiosk/db'
import { addMs, cutText, isBefore, type PaymentTrouble, paymentTroubleWaits } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import type { StoredPayment } from './find-payment.ts'

type NoteTroubleDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock'>

export interface Trouble {
  readonly kind: PaymentTrouble
  /** The provider's own words, bounded and without secrets. */
  readonly said: string
}

/**
 * Keeps what a provider said of an open payment that nobody can act on. An answer that stays unclear for its longest wait
 * is told to staff, once; a refusal is told of its provider, and the others with the payment's end.
 */
export async function recordTrouble(deps: NoteTroubleDeps, payment: StoredPayment, trouble: Trouble): Promise<void> {
  const now = deps.clock.now()
  const said = cutText(trouble.said, 300)
  const toldBefore = trouble.kind === 'unclear' ? addMs(now, -paymentTroubleWaits.unclear.atMostMs) : null
  await deps.db.transaction(async (em) => {
    const db = em.getKysely()
    const noted = await db
      .updateTable('payments')
      .set((eb) => ({
        trouble: trouble.kind,
        trouble_said: said,
        trouble_since: eb.fn.coalesce('trouble_since', eb.val(now)),
      }))
      .where('id', '=', payment.id)
      .where(sql<boolean>`state in ('created', 'pending')`)
      .returning([sql<Date>`trouble_since`.as('since'), 'trouble_told_at'])
      .executeTakeFirst()
    if (!noted || noted.trouble_told_at || toldBefore === null || isBefore(toldBefore, noted.since)) return
    const told = await db
      .updateTable('payments')
      .set({ trouble_told_at: now })
      .where('id', '=', payment.id)
      .where('trouble_told_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!told) return
    await notifyStaff(deps, em, { kind: 'payment_trouble', paymentId: payment.id, trouble: trouble.kind, said }, now)
  })
}

/** The provider answers clearly again. */
export async function forgetTrouble({ db }: Pick<ShopDeps, 'db'>, payment: StoredPayment): Promise<void> {
  if (!payment.hasTrouble) return
  await db
    .getKysely()
    .updateTable('payments')
    .set({ trouble: null, trouble_said: null, trouble_since: null, trouble_told_at: null })
    .where('id', '=', payment.id)
    .execute()
}
