import type { PaymentId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openPayment, openPayments } from './callbacks.ts'
import { paymentsView, paymentView } from './views.ts'

/** What a customer has paid, each payment with a card of its own. */
export function historyFeature(shop: Pick<Shop, 'listPayments' | 'findOwnPayment'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  const showPayments = async (ctx: ClientContext, olderThan: PaymentId | null) => {
    const of = { customerId: ctx.customer.id, ...(olderThan ? { olderThan } : {}) }
    await showView(ctx, paymentsView(ctx.t, await shop.listPayments(of), olderThan === null))
  }
  feature.command('history', (ctx) => showPayments(ctx, null))
  openPayments.handle(feature, (ctx, { olderThan }) => showPayments(ctx, olderThan))
  openPayment.handle(feature, async (ctx, { payment }) => {
    await showView(ctx, paymentView(ctx.t, await shop.findOwnPayment(ctx.customer.id, payment)))
  })
  return feature
}
