import { addMoney, isReadable, ProviderRefused } from '@vpn-kiosk/domain'
import { bookLateMoney } from './book-late-money.ts'
import type { StoredPayment } from './find-payment.ts'
import type { SettlePaymentDeps } from './settlement.ts'

/**
 * Of a wrong sum that staff have accepted, the rest may come afterwards: what came is asked from the provider again, and
 * what is beyond the accepted sum becomes the balance. Throws when the provider does not answer.
 */
export async function completeAccepted(deps: SettlePaymentDeps, payment: StoredPayment): Promise<void> {
  const provider = deps.providers.get(payment.provider)
  if (!provider || payment.reference === null || !(await wasAccepted(deps, payment))) return
  const status = await provider.fetchStatus(payment.reference).catch((error: unknown) => {
    if (error instanceof ProviderRefused) return null
    throw error
  })
  if (status?.kind !== 'paid' || !isReadable(status.received)) return
  const { received, refunded } = status
  const isSame = refunded && isReadable(refunded) && refunded.currency === received.currency
  await bookLateMoney(deps, payment.id, isSame ? addMoney(received, refunded) : received)
}

const wasAccepted = async ({ db }: SettlePaymentDeps, { id }: StoredPayment): Promise<boolean> =>
  (await db
    .getKysely()
    .selectFrom('payment_steps')
    .select('id')
    .where('payment_id', '=', id)
    .where('cause', '=', 'accepted')
    .executeTakeFirst()) !== undefined
