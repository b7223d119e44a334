import type { PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { findPaymentLine } from '../payment/find-payment-line.ts'
import type { PaymentLine } from '../payment/list-payments.ts'
import type { Actor, Seen } from './has-permission.ts'
import { readIfPermitted } from './read-if-permitted.ts'

/** One payment; null when it is unknown. */
export const inspectPayment = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
  id: PaymentId,
): Promise<Seen<PaymentLine | null>> => readIfPermitted(deps, actor, 'see_payments', () => findPaymentLine(deps, id))
