import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { findSupport } from '../support/find-support.ts'
import { bannedView } from './views.ts'

/** Whoever is banned sees one screen, whatever they press; everyone else passes. */
export function bannedFeature(shop: Pick<Shop, 'recall'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature
    .filter((ctx) => ctx.customer.isBanned)
    .use(async (ctx) => showView(ctx, bannedView(ctx.t, await findSupport(shop))))
  return feature
}
