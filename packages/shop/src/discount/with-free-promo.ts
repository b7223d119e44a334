import { anyOf } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type Id,
  type PaymentId,
  type PaymentState,
  ProviderRefused,
  ProviderUnclear,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import { cancelInvoice } from '../payment/cancel-invoice.ts'
import { settlePayment } from '../payment/settle-payment.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import type { PromoRefusal } from './refuse-promo.ts'

/**
 * Runs what may need a code that another invoice of this customer holds. Then that invoice is looked up at its provider,
 * closed there where it is open and can be, and the work is tried once more.
 */
export async function withFreePromo<T extends object>(
  deps: SettlePaymentDeps,
  customerId: CustomerId,
  run: () => Promise<T | PromoRefusal>,
): Promise<T | PromoRefusal> {
  const result = await run()
  if (!('kind' in result && result.kind === 'code_in_invoice')) return result
  for (const paymentId of await listHolding(deps, customerId, result.promoId)) {
    try {
      // One that has run out is closed by the look alone; one that was paid has used the code.
      if ((await settlePayment(deps, paymentId)).kind === 'pending') await cancelInvoice(deps, paymentId)
    } catch (error) {
      const isTheirs = [ProviderRefused, ProviderUnclear, ProviderUnreachable].some((kind) => error instanceof kind)
      if (!isTheirs) throw error
    }
  }
  return run()
}

const open: readonly PaymentState[] = ['created', 'pending']

/** Invoices of orders that hold the code. */
async function listHolding(
  { db }: SettlePaymentDeps,
  customerId: CustomerId,
  promoId: Id<'promo'>,
): Promise<PaymentId[]> {
  const rows = await db
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .select('p.id')
    .where('o.customer_id', '=', customerId)
    .where('o.promo_id', '=', promoId)
    .where('o.promo_taken', '=', true)
    .where('o.state', '<>', 'paid')
    .where('p.state', '=', anyOf(open))
    .limit(20)
    .execute()
  return rows.map(({ id }) => id)
}
