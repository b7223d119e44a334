import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import type { LookUpChannel } from '../../look-up-channel.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { askChannel, openChannels, removeChannel, requireFor } from './callbacks.ts'
import { readChannel } from './read-channel.ts'
import { askingView, channelsView } from './views.ts'

type ChannelShop = Pick<Shop, 'getChannelRules' | 'addChannel' | 'removeChannel' | 'changeChannelRules' | 'recall'>

export interface ChannelsDeps {
  readonly shop: ChannelShop
  readonly lookUp: LookUpChannel
}

/** The channels that people join before they use the shop for free. */
export function channelsFeature(deps: ChannelsDeps): Composer<AdminContext> {
  const { shop } = deps
  const feature = new Composer<AdminContext>()
  openChannels.handle(feature, (ctx) => show(shop, ctx))
  askChannel.handle(feature, (ctx) => ask(shop, ctx))
  requireFor.handle(feature, async (ctx, { what, on }) => {
    const { kind } = await shop.changeChannelRules(ctx.actor, { [what]: on })
    await (kind === 'forbidden' ? showView(ctx, forbiddenView(ctx.t)) : show(shop, ctx))
  })
  removeChannel.handle(feature, async (ctx, { chat }) => {
    const { kind } = await shop.removeChannel(ctx.actor, chat)
    await (kind === 'forbidden' ? showView(ctx, forbiddenView(ctx.t)) : show(shop, ctx, ctx.t('channels-dropped')))
  })
  feature.on('message', (ctx, next) => (ctx.session.dialog?.kind === 'add_channel' ? read(deps, ctx) : next()))
  return feature
}

const show = async (shop: ChannelShop, ctx: AdminContext, note: string | null = null): Promise<void> =>
  showSeen(ctx, await shop.getChannelRules(ctx.actor), (rules) => channelsView(ctx.t, rules, note))

async function ask(shop: ChannelShop, ctx: AdminContext, problem: string | null = null): Promise<void> {
  const seen = await shop.getChannelRules(ctx.actor)
  if (seen.kind === 'seen') ctx.session.dialog = { kind: 'add_channel' }
  const bot = (await shop.recall<{ readonly username: string }>('bot:client'))?.username ?? null
  await showSeen(ctx, seen, () => askingView(ctx.t, bot, problem))
}

async function read({ shop, lookUp }: ChannelsDeps, ctx: AdminContext): Promise<void> {
  const named = ctx.message ? readChannel(ctx.message) : null
  if (named === null || named === 'invitation')
    return ask(shop, ctx, ctx.t('channels-problem', { kind: named ?? 'unreadable' }))
  const found = await lookUp(named)
  if (found.kind !== 'found') return ask(shop, ctx, ctx.t('channels-problem', { kind: found.kind }))
  const result = await shop.addChannel(ctx.actor, found.channel)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  ctx.session.dialog = null
  const note = result.kind === 'too_many' ? ctx.t('channels-too-many', { most: result.most }) : ctx.t('channels-added')
  await show(shop, ctx, note)
}
