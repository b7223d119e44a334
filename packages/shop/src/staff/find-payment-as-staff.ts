import { PaymentEntity } from '@vpn-kiosk/db'
import { isId, type OrderId, type PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { describePayments, type PaymentLine } from '../payment/list-payments.ts'
import type { Actor, Seen } from './has-permission.ts'
import { readIfPermitted } from './read-if-permitted.ts'

/**
 * The payment of a number that somebody was shown: ours, the order's (its newest payment), or the provider's, which is no
 * number of digits alone, since that may be anybody's. Null when it is none.
 */
export const findPaymentAsStaff = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
  number: string,
): Promise<Seen<PaymentLine | null>> =>
  readIfPermitted(deps, actor, 'see_payments', async () => {
    const of = keyOf(number.trim())
    if (!of) return null
    const em = deps.db.em()
    const found = await em.find(PaymentEntity, of, { orderBy: { createdAt: 'desc' }, limit: 1 })
    return (await describePayments(em, found))[0] ?? null
  })

const longestReference = 100

function keyOf(number: string) {
  if (isId('payment', number)) return { id: number as PaymentId }
  if (isId('order', number)) return { orderId: number as OrderId }
  const mayBeReference = /\D/.test(number) && /^[\w-]+$/.test(number) && number.length <= longestReference
  return mayBeReference ? { reference: number } : null
}
