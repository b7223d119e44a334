import type { Menu } from '@grammyjs/menu'
import type { Shop } from '@vpn-kiosk/shop'
import { createMenu, showView, type Translations } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { showDevices } from '../devices/feature.ts'
import { showHelp } from '../help/feature.ts'
import { showKey } from '../key/feature.ts'
import { createLanguageMenu, showLanguages } from '../language/feature.ts'
import { showPlans } from '../purchase/feature.ts'
import { showReferral } from '../referral/feature.ts'
import { showSubscription } from '../subscription/feature.ts'
import { buyKey } from '../subscription/views.ts'
import { showSupport } from '../support/feature.ts'
import { showTrial } from '../trial/feature.ts'
import { trialLabel } from '../trial/terms.ts'
import { openMenu } from './callbacks.ts'
import type { MainMenu } from './main-menu.ts'
import { menuView } from './views.ts'

/** Raise it when a button of the menu moves, so that menus sent before answer politely instead of doing another thing. */
const layout = 1

/** The keyboard is drawn from the customer and, while a trial is open, the subscription. */
export function createMainMenu(shop: Shop, translations: Translations): MainMenu {
  const menu: Menu<ClientContext> = createMenu<ClientContext>('main', {
    fingerprint: (ctx) => `${layout}${ctx.trial ? 'trial' : ''}`,
    reshow: (ctx) => show()(ctx),
  })
  menu
    .dynamic((ctx, range) => {
      const { trial } = ctx
      if (trial) range.text(() => trialLabel(ctx.t, trial), showTrial(shop)).row()
    })
    .text((ctx) => ctx.t.plain(buyKey(ctx.summary)), showPlans(shop))
    .row()
    .text((ctx) => ctx.t.plain('menu-key'), showKey(shop))
    .text((ctx) => ctx.t.plain('menu-devices'), showDevices(shop))
    .row()
    .text((ctx) => ctx.t.plain('menu-subscription'), showSubscription(shop))
    .text((ctx) => ctx.t.plain('menu-referral'), showReferral(shop))
    .row()
    .text((ctx) => ctx.t.plain('menu-support'), showSupport(shop))
    .text((ctx) => ctx.t.plain('menu-help'), showHelp())
    .row()
    .text(
      (ctx) => ctx.t.plain('menu-language'),
      (ctx) => showLanguages(menu)(ctx),
    )
  const show: MainMenu['show'] = (hello) => async (ctx) => {
    await showView(ctx, menuView(ctx.t, { summary: ctx.summary, trial: ctx.trial, keyboard: menu, hello }))
  }
  menu.register(createLanguageMenu(shop, translations, { menu, show }))
  return { menu, show }
}

export function menuFeature(main: MainMenu): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('menu', main.show())
  feature.command('cancel', (ctx) => main.show(ctx.t('canceled'))(ctx))
  openMenu.handle(feature, main.show())
  return feature
}
