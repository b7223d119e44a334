import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openSupport } from './callbacks.ts'
import { findSupport } from './find-support.ts'
import { supportView } from './views.ts'

export const showSupport = (shop: Pick<Shop, 'recall'>) => async (ctx: ClientContext) =>
  showView(ctx, supportView(ctx.t, await findSupport(shop)))

export function supportFeature(shop: Pick<Shop, 'recall'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('support', showSupport(shop))
  openSupport.handle(feature, showSupport(shop))
  return feature
}
