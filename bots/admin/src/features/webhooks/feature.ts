import type { Id, PaymentId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { closeWebhook, openWebhook, openWebhooks, replayWebhook } from './callbacks.ts'
import { webhooksView, webhookView } from './views.ts'

type WebhooksShop = Pick<Shop, 'listWebhooks' | 'findWebhook' | 'replayWebhook' | 'closeWebhook'>

/** What providers have called, and working on it again. */
export function webhooksFeature(shop: WebhooksShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  const showList = async (ctx: AdminContext, payment: PaymentId | null) => {
    const seen = await shop.listWebhooks(ctx.actor, payment ? { paymentId: payment } : { isUnhandled: true })
    await showSeen(ctx, seen, (lines) => webhooksView(ctx.t, lines, payment))
  }
  const showOne = async (ctx: AdminContext, id: Id<'webhook'>, note: string | null) => {
    const seen = await shop.findWebhook(ctx.actor, id)
    await showSeen(ctx, seen, (line) => webhookView(ctx.t, line, note))
  }
  feature.command('webhooks', (ctx) => showList(ctx, null))
  openWebhooks.handle(feature, (ctx, { payment }) => showList(ctx, payment))
  openWebhook.handle(feature, (ctx, { webhook }) => showOne(ctx, webhook, null))
  replayWebhook.handle(feature, async (ctx, { webhook }) => {
    const { kind } = await shop.replayWebhook(ctx.actor, webhook)
    if (kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showOne(ctx, webhook, ctx.t('webhook-replayed', { kind }))
  })
  closeWebhook.handle(feature, async (ctx, { webhook }) => {
    const { kind } = await shop.closeWebhook(ctx.actor, webhook)
    if (kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showOne(ctx, webhook, ctx.t('webhook-closed', { kind }))
  })
  return feature
}
