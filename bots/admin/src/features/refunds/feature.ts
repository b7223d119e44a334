import { type Money, moneyFromDecimal, type PaymentId } from '@vpn-kiosk/domain'
import type { RefundPreview, Shop } from '@vpn-kiosk/shop'
import { newRequestId, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView } from '../../show-seen.ts'
import { askRefundAmount, openRefund, sendRefund } from './callbacks.ts'
import { confirmView, refundView, typeAmountView } from './views.ts'

type RefundsShop = Pick<Shop, 'previewRefund' | 'requestRefund'>

/** Money goes back: what it does is shown before anybody presses. */
export function refundsFeature(shop: RefundsShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  openRefund.handle(feature, (ctx, { payment }) => show(shop, ctx, payment))
  askRefundAmount.handle(feature, (ctx, { payment }) => {
    ctx.session.dialog = { kind: 'refund_amount', paymentId: payment }
    return showView(ctx, typeAmountView(ctx.t, payment, null))
  })
  sendRefund.handle(feature, async (ctx, { payment, request, minor, hand }) => {
    if (!/^\d{1,19}$/.test(minor)) return show(shop, ctx, payment)
    const wish = { paymentId: payment, minor: BigInt(minor), requestId: request, byHand: hand }
    const result = await shop.requestRefund(ctx.actor, wish)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    const isDone = result.kind === 'requested' || result.kind === 'booked' || result.kind === 'already_requested'
    await show(shop, ctx, payment, { note: ctx.t('refund-result', { kind: result.kind }), isDone })
  })
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind !== 'refund_amount') return next()
    await readAmount(shop, ctx, dialog.paymentId, ctx.message.text)
  })
  return feature
}

async function preview(shop: RefundsShop, ctx: AdminContext, payment: PaymentId): Promise<RefundPreview | null> {
  const seen = await shop.previewRefund(ctx.actor, payment)
  if (seen.kind === 'preview') return seen.preview
  await showView(ctx, forbiddenView(ctx.t))
  return null
}

interface Said {
  readonly note: string | null
  readonly isDone?: boolean
}

async function show(shop: RefundsShop, ctx: AdminContext, payment: PaymentId, said: Said = { note: null }) {
  const found = await preview(shop, ctx, payment)
  if (found) await showView(ctx, refundView(ctx.t, found, { payment, request: newRequestId(), ...said }))
}

async function readAmount(shop: RefundsShop, ctx: AdminContext, payment: PaymentId, text: string): Promise<void> {
  const found = await preview(shop, ctx, payment)
  if (!found) return
  const amount = parseAmount(text, found.most)
  if (!amount) return showView(ctx, typeAmountView(ctx.t, payment, found.most))
  ctx.session.dialog = null
  await showView(ctx, confirmView(ctx.t, found, { payment, request: newRequestId(), amount }))
}

/** `150`, `150,50`: up to what is left; null when it is none. */
function parseAmount(text: string, most: Money): Money | null {
  try {
    const amount = moneyFromDecimal(text.trim().replace(',', '.'), most.currency)
    return amount.minor > 0n && amount.minor <= most.minor ? amount : null
  } catch {
    return null
  }
}
