import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { paySupportView } from './views.ts'

type StarsShop = Pick<Shop, 'approveCheckout' | 'receiveStarPayment' | 'recordStarChoice'>

/**
 * Payments in Telegram Stars. Comes before everything that may keep an update waiting: Telegram gives ten seconds to
 * approve a checkout, and tells of a payment once.
 */
export function starsFeature(shop: StarsShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.on('pre_checkout_query', async (ctx) => {
    const { from, invoice_payload: payload, currency, total_amount: amount } = ctx.preCheckoutQuery
    const asked = { payload, payerId: BigInt(from.id), currency, amount: BigInt(amount) }
    const { kind } = await shop.approveCheckout(asked)
    if (kind === 'approved') await ctx.answerPreCheckoutQuery(true)
    else await ctx.answerPreCheckoutQuery(false, ctx.t.plain('checkout-refused', { kind }))
  })
  feature.on('message:successful_payment', async (ctx, next) => {
    const { currency, ...payment } = ctx.message.successful_payment
    if (currency !== 'XTR') return next()
    await receive(shop, ctx, payment, false)
  })
  feature.on('message:refunded_payment', async (ctx) => receive(shop, ctx, ctx.message.refunded_payment, true))
  feature.on('subscription', async (ctx) => {
    const { user, invoice_payload: payload, state } = ctx.subscription
    await shop.recordStarChoice({ payload, payerId: BigInt(user.id), state })
  })
  return feature
}

/** Telegram asks every bot that sells for this command. */
export function paySupportFeature(): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('paysupport', (ctx) => showView(ctx, paySupportView(ctx.t)))
  return feature
}

interface ToldPayment {
  readonly invoice_payload: string
  readonly telegram_payment_charge_id: string
  readonly total_amount: number
}

/** The customer reads of it once it is settled, in the message with the key. */
async function receive(shop: StarsShop, ctx: ClientContext, told: ToldPayment, isRefund: boolean): Promise<void> {
  if (!ctx.chat || !ctx.message) return
  await shop.receiveStarPayment({
    payload: told.invoice_payload,
    chargeId: told.telegram_payment_charge_id,
    payerId: BigInt(ctx.chat.id),
    amount: BigInt(told.total_amount),
    at: new Date(ctx.message.date * 1000),
    isRefund,
  })
}
