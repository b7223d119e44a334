import { runStatement } from '@vpn-kiosk/db'
import { isReadable, type PaymentId, type Received } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/queue-notification.ts'

/**
 * Keeps what was seen to have been given back at the provider, and tells staff once for each new amount. The right that
 * was bought stays until they decide. False: it was known.
 */
export async function noteRefund(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  paymentId: PaymentId,
  refunded: Received,
): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const noted = await runStatement(em, noteStatement, [
      paymentId,
      isReadable(refunded) ? refunded.minor : null,
      isReadable(refunded) ? refunded.currency : null,
      isReadable(refunded) ? null : refunded.raw,
      now,
    ])
    if (noted.length > 0) await notifyStaff(deps, em, { kind: 'refund_seen', paymentId }, now)
    return noted.length > 0
  })
}

const noteStatement = `
  with noted as (
    update payments set refunded_minor = $2, refunded_currency = $3, refunded_raw = $4, refunded_at = $5
    where id = $1 and (refunded_minor, refunded_currency, refunded_raw) is distinct from ($2::bigint, $3::text, $4::text)
    returning id, state
  )
  insert into payment_steps (payment_id, before, after, cause, at) select id, state, state, 'refund_seen', $5 from noted
  returning id`
