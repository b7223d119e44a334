import type { ServerId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { askDisable, changeServer, openServer, openServers } from './callbacks.ts'
import { disablingView, serversView, serverView } from './views.ts'

type ServersShop = Pick<Shop, 'listServers' | 'getServerCard' | 'changeServerState'>

export function serversFeature(shop: ServersShop): Composer<AdminContext> {
  const showList = async (ctx: AdminContext) =>
    showSeen(ctx, await shop.listServers(ctx.actor), (servers) => serversView(ctx.t, servers, ctx.role))
  const showServer = async (ctx: AdminContext, id: ServerId, note: string | null = null) =>
    showSeen(ctx, await shop.getServerCard(ctx.actor, id), (server) =>
      serverView(ctx.t, server, { role: ctx.role, note }),
    )

  const feature = new Composer<AdminContext>()
  feature.command('servers', showList)
  openServers.handle(feature, showList)
  openServer.handle(feature, (ctx, { server }) => showServer(ctx, server))
  askDisable.handle(feature, async (ctx, { server }) =>
    showSeen(ctx, await shop.getServerCard(ctx.actor, server), (seen) => disablingView(ctx.t, seen)),
  )
  changeServer.handle(feature, async (ctx, { server, state }) => {
    const result = await shop.changeServerState(ctx.actor, server, state)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showServer(ctx, server, ctx.t('server-change', { kind: result.kind, state }))
  })
  return feature
}
