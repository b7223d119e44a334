import { methodIdOf, type PaymentId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { newRequestId, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { type PurchaseShop, showInvoice, showMethods } from '../purchase/feature.ts'
import { buyAgain, openPayment, openPayments } from './callbacks.ts'
import { paymentsView, paymentView } from './views.ts'

type HistoryShop = PurchaseShop & Pick<Shop, 'listPayments' | 'findOwnPayment'>

/** What a customer has paid, each payment with a card of its own. */
export function historyFeature(shop: HistoryShop): Composer<ClientContext> {
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
  buyAgain.handle(feature, (ctx, { payment }) => showAgain(shop, ctx, payment))
  return feature
}

/** The invoice at once where the way to pay of then is offered, or else the choice of one. */
async function showAgain(shop: HistoryShop, ctx: ClientContext, id: PaymentId): Promise<void> {
  const own = await shop.findOwnPayment(ctx.customer.id, id)
  if (!own?.again) return showView(ctx, paymentView(ctx.t, own))
  const plan = await shop.findPlan(ctx.customer.id, own.again)
  const { provider, method } = own.payment
  const used = methodIdOf({ provider, ...(method != null && { method }) })
  const offered = plan ? await shop.listPaymentMethods(plan, ctx.customer.id) : []
  if (!offered.some((one) => methodIdOf(one) === used)) return showMethods(shop, ctx, own.again)
  await showInvoice(shop, ctx, { plan: own.again, method: used, request: newRequestId() })
}
