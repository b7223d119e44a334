import {
  addDays,
  balanceProvider,
  type PaymentPeriod,
  type ProviderId,
  periodDays,
  startOfDay,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { listPayments, type PaymentPage, type PaymentsQuery } from '../payment/list-payments.ts'
import type { Actor, Seen } from './has-permission.ts'
import { readIfPermitted } from './read-if-permitted.ts'

type Deps = Pick<ShopDeps, 'db' | 'policy' | 'clock' | 'providers'>

export interface StaffPaymentsQuery extends Omit<PaymentsQuery, 'since'> {
  /** Whole days of the shop's time zone, today included. */
  readonly period?: PaymentPeriod
}

export interface StaffPaymentPage extends PaymentPage {
  /** By which the list may be filtered. */
  readonly providers: readonly ProviderId[]
}

/** Everybody's payments or one customer's, newest first, for whoever may see them. */
export const inspectPayments = (
  deps: Deps,
  actor: Actor,
  { period, ...of }: StaffPaymentsQuery,
): Promise<Seen<StaffPaymentPage>> =>
  readIfPermitted(deps, actor, 'see_payments', async () => {
    const today = startOfDay(deps.clock.now(), deps.policy.timeZone)
    const since = period && addDays(today, 1 - periodDays[period])
    const page = await listPayments(deps, { ...of, ...(since && { since }) })
    return { ...page, providers: [...deps.providers.keys(), balanceProvider] }
  })
