import type { Menu } from '@grammyjs/menu'
import type { Shop } from '@vpn-kiosk/shop'
import { createMenu, showView, type Translations } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import type { MainMenu } from '../menu/main-menu.ts'
import { languageView } from './views.ts'

/** Each language in its own words; choosing one shows the main menu in it. */
export function createLanguageMenu(shop: Pick<Shop, 'changeLanguage'>, translations: Translations, main: MainMenu) {
  const { languages } = translations
  const menu: Menu<ClientContext> = createMenu<ClientContext>('language', {
    fingerprint: () => languages.join(),
    reshow: (ctx) => showLanguages(main.menu)(ctx),
  })
  for (const language of languages) {
    const label = (ctx: ClientContext) =>
      `${ctx.customer.language === language ? '✓ ' : ''}${ctx.t.ownNameOf(language)}`
    menu
      .text(label, async (ctx) => {
        await shop.changeLanguage(ctx.customer.id, language)
        ctx.customer = { ...ctx.customer, language }
        ctx.useLanguage(language)
        await main.show()(ctx)
      })
      .row()
  }
  return menu.text(
    (ctx) => ctx.t.plain('back'),
    (ctx) => main.show()(ctx),
  )
}

export const showLanguages = (main: Menu<ClientContext>) => (ctx: ClientContext) =>
  showView(ctx, languageView(ctx.t, main.at('language')))

export function languageFeature({ menu }: MainMenu): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('language', showLanguages(menu))
  return feature
}
