import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import type { ClientContext } from '../../context.ts'
import { askTermsView } from './views.ts'

/** Asks for consent before the first payment. `next` is the data of the button that was pressed: consent goes on with it. */
export async function askTerms(shop: Pick<Shop, 'getTerms'>, ctx: ClientContext, next: string): Promise<void> {
  await showView(ctx, askTermsView(ctx.t, await shop.getTerms()))
  ctx.session.dialog = { kind: 'terms', next }
}
