import type { BroadcastId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { cancelBroadcast, openBroadcast, openBroadcasts, startBroadcast, writeBroadcast } from './callbacks.ts'
import { broadcastsView, broadcastView, confirmView, previewView, writingView } from './views.ts'

type BroadcastShop = Pick<
  Shop,
  | 'createBroadcast'
  | 'countRecipients'
  | 'startBroadcast'
  | 'cancelBroadcast'
  | 'getBroadcastCard'
  | 'listBroadcasts'
  | 'watchBroadcast'
>

/** `onWatch` hears that a message shows a running broadcast, which is to be kept true. */
export function broadcastFeature(shop: BroadcastShop, onWatch: () => void = () => {}): Composer<AdminContext> {
  const showList = async (ctx: AdminContext) =>
    showSeen(ctx, await shop.listBroadcasts(ctx.actor), (list) => broadcastsView(ctx.t, list))
  const feature = new Composer<AdminContext>()
  feature.command('broadcast', showList)
  openBroadcasts.handle(feature, showList)
  writeBroadcast.handle(feature, (ctx) => askText(ctx))
  openBroadcast.handle(feature, (ctx, { broadcast }) => showBroadcast({ shop, onWatch }, ctx, broadcast))
  startBroadcast.handle(feature, async (ctx, { broadcast }) => {
    const result = await shop.startBroadcast(ctx.actor, broadcast)
    await showOutcome({ shop, onWatch }, ctx, broadcast, result.kind)
  })
  cancelBroadcast.handle(feature, async (ctx, { broadcast }) => {
    const result = await shop.cancelBroadcast(ctx.actor, broadcast)
    await showOutcome({ shop, onWatch }, ctx, broadcast, result.kind)
  })
  feature
    .on('message')
    .filter((ctx) => ctx.session.dialog?.kind === 'broadcast_text')
    .use((ctx) => compose(shop, ctx, ctx.message.text))
  return feature
}

async function askText(ctx: AdminContext, problem: string | null = null): Promise<void> {
  ctx.session.dialog = { kind: 'broadcast_text' }
  await showView(ctx, writingView(ctx.t, problem))
}

/** Shows the text as it will arrive, and under it the question whether to send it. */
async function compose(shop: BroadcastShop, ctx: AdminContext, text: string | undefined): Promise<void> {
  if (text === undefined) return askText(ctx, ctx.t('broadcast-only-text'))
  const created = await shop.createBroadcast(ctx.actor, text)
  switch (created.kind) {
    case 'forbidden':
      return showView(ctx, forbiddenView(ctx.t))
    case 'empty':
      return askText(ctx)
    case 'too_long':
      return askText(ctx, ctx.t('broadcast-too-long', { max: String(created.max) }))
    case 'created': {
      ctx.session.dialog = null
      const recipients = await shop.countRecipients(ctx.actor)
      await showView(ctx, previewView(text))
      await showSeen(ctx, recipients, (value) => confirmView(ctx.t, created.broadcastId, value))
    }
  }
}

interface Showing {
  readonly shop: BroadcastShop
  readonly onWatch: () => void
}

async function showOutcome(showing: Showing, ctx: AdminContext, id: BroadcastId, outcome: string): Promise<void> {
  if (outcome === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  await showBroadcast(showing, ctx, id)
}

async function showBroadcast({ shop, onWatch }: Showing, ctx: AdminContext, id: BroadcastId): Promise<void> {
  const seen = await shop.getBroadcastCard(ctx.actor, id)
  await showSeen(ctx, seen, (card) => broadcastView(ctx.t, card))
  const message = ctx.callbackQuery?.message
  if (!message || seen.kind === 'forbidden' || seen.value?.state !== 'running') return
  const place = { botId: BigInt(ctx.me.id), chatId: BigInt(message.chat.id), messageId: message.message_id }
  await shop.watchBroadcast({ ...place, broadcastId: id, language: ctx.t.language })
  onWatch()
}
