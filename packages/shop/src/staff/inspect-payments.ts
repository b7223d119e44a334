import type { ShopDeps } from '../deps.ts'
import { listPayments, type PaymentPage, type PaymentsQuery } from '../payment/list-payments.ts'
import type { Actor, Seen } from './has-permission.ts'
import { readIfPermitted } from './read-if-permitted.ts'

export type Deps = Pick<ShopDeps, 'db' | 'policy'>

/** Everybody's payments or one customer's, newest first, for whoever may see them. */
export const inspectPayments = (deps: Deps, actor: Actor, of: PaymentsQuery): Promise<Seen<PaymentPage>> =>
  readIfPermitted(deps, actor, 'see_payments', () => listPayments(deps, of))
