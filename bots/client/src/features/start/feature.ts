import type { InvitationOutcome, Shop } from '@vpn-kiosk/shop'
import { bounded } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { referralStart } from '../../recognize.ts'
import { showDevices } from '../devices/feature.ts'
import { isGiftStart, openGift } from '../gift/feature.ts'
import type { MainMenu } from '../menu/main-menu.ts'
import { redeem } from '../promo/feature.ts'
import { showPlans } from '../purchase/feature.ts'

/**
 * `/start`, with or without a deep link: says hello and shows the menu. The subscription page leads to a screen by its
 * name. A newcomer's invitation has been counted by `recognize`; that of a known person is counted here.
 */
export function startFeature(shop: Shop, main: MainMenu): Composer<ClientContext> {
  const screens: Readonly<Record<string, (ctx: ClientContext) => Promise<unknown>>> = {
    renew: showPlans(shop),
    devices: showDevices(shop),
  }
  const feature = new Composer<ClientContext>()
  feature.command('start', async (ctx) => {
    const code = promoStart.exec(ctx.match)?.[1]
    if (code) return redeem(shop, ctx, code)
    if (isGiftStart(ctx.match)) return openGift(shop, ctx, ctx.match)
    const screen = Object.hasOwn(screens, ctx.match) ? screens[ctx.match] : undefined
    if (screen) return screen(ctx)
    const name = bounded(ctx.customer.firstName, 40)
    if (!ctx.isNewcomer) {
      const invitation = await acceptInvitation(shop, ctx)
      return main.show([ctx.t('start-again', { name }), ...invitation].join('\n\n'))(ctx)
    }
    return main.show(ctx.t('start-hello', { name, shop: (await shop.getShop()).name }))(ctx)
  })
  return feature
}

/** A link with a code: `/start promo_WINTER`. */
const promoStart = /^promo_([A-Za-z0-9-]{3,32})$/

const told = ['accepted', 'late', 'own', 'circle'] as const satisfies readonly InvitationOutcome[]

/** What became of the invitation whose link the person opened. Nothing is said while the shop gives no bonus. */
async function acceptInvitation(shop: Shop, ctx: ClientContext): Promise<string[]> {
  const code = referralStart.exec(ctx.message?.text ?? '')?.[1]
  if (!code) return []
  const outcome = await shop.acceptInvitation(ctx.customer.id, code)
  const { referralBonusDays, referralPercent } = await shop.readOffer()
  return (referralBonusDays > 0 || referralPercent > 0) && (told as readonly string[]).includes(outcome)
    ? [ctx.t(`start-invitation-${outcome}`)]
    : []
}
