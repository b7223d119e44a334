import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { forgetEmail, openReceipts } from './callbacks.ts'
import { forgottenView, receiptsView, savedView } from './views.ts'

type ReceiptShop = Pick<Shop, 'getReceiptEmail' | 'saveReceiptEmail' | 'deleteReceiptEmail'>

/** Where a customer's fiscal receipts go: written once, changed by writing another, forgotten on wish. */
export function receiptFeature(shop: ReceiptShop): Composer<ClientContext> {
  const show = async (ctx: ClientContext) => {
    await showView(ctx, receiptsView(ctx.t, await shop.getReceiptEmail(ctx.customer.id)))
    ctx.session.dialog = { kind: 'receipt_email', next: null }
  }
  const feature = new Composer<ClientContext>()
  feature.command('email', show)
  openReceipts.handle(feature, show)
  forgetEmail.handle(feature, async (ctx) => {
    await shop.deleteReceiptEmail(ctx.customer.id)
    await showView(ctx, forgottenView(ctx.t))
  })
  // The question stays open: who sees a slip in the address writes it again.
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind !== 'receipt_email') return next()
    const result = await shop.saveReceiptEmail(ctx.customer.id, ctx.message.text)
    await showView(ctx, savedView(ctx.t, result, dialog.next))
  })
  return feature
}
