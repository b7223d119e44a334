import { runStatement } from '@vpn-kiosk/db'
import { addMs, cutText, isBefore, type PaymentTrouble, paymentTroubleWaits } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/queue-notification.ts'
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
export async function noteTrouble(deps: NoteTroubleDeps, payment: StoredPayment, trouble: Trouble): Promise<void> {
  const now = deps.clock.now()
  const said = cutText(trouble.said, 300)
  const toldBefore = trouble.kind === 'unclear' ? addMs(now, -paymentTroubleWaits.unclear.atMostMs) : null
  await deps.db.transaction(async (em) => {
    const [noted] = await runStatement<{ since: Date | string; told: boolean }>(em, noteStatement, [
      payment.id,
      trouble.kind,
      said,
      now,
    ])
    if (!noted || noted.told || toldBefore === null || isBefore(toldBefore, new Date(noted.since))) return
    const told = await runStatement(em, toldStatement, [payment.id, now])
    if (told.length === 0) return
    await notifyStaff(deps, em, { kind: 'payment_trouble', paymentId: payment.id, trouble: trouble.kind, said }, now)
  })
}

const noteStatement = `
  update payments set trouble = $2, trouble_said = $3, trouble_since = coalesce(trouble_since, $4)
  where id = $1 and state in ('created', 'pending')
  returning trouble_since as since, trouble_told_at is not null as told`

const toldStatement = `
  update payments set trouble_told_at = $2 where id = $1 and trouble_told_at is null returning id`

/** The provider answers clearly again. */
export async function forgetTrouble({ db }: Pick<ShopDeps, 'db'>, payment: StoredPayment): Promise<void> {
  if (!payment.hasTrouble) return
  await db.transaction((em) =>
    runStatement(
      em,
      `update payments set trouble = null, trouble_said = null, trouble_since = null, trouble_told_at = null where id = $1 returning id`,
      [payment.id],
    ),
  )
}
