import { Menu, type MenuFlavor, type MenuOptions } from '@grammyjs/menu'
import type { BotContext } from './context.ts'

/** The plugin's callback data is `id/row/column/payload/` and a hash of up to 13 bytes, in 64 bytes together. */
const maxIdBytes = 16

export interface CreateMenuOptions<C extends BotContext> {
  /** Shows the menu's screen afresh when an old button was pressed; by default only the buttons are renewed. */
  readonly reshow?: (ctx: C & MenuFlavor) => Promise<unknown>
  /** Counts as the same menu while this is the same, whatever the labels say (see the plugin's `fingerprint`). */
  readonly fingerprint?: NonNullable<MenuOptions<C>['fingerprint']>
}

/**
 * A menu of standing navigation, and of nothing that spends or removes: the plugin's hash of a button is squeezed through
 * UTF-8, so after a change of labels an old button may be taken for the new one at its place. Order matters: `bot.use(menu)` before the feature that sends it, submenus registered before that.
 * Its callback queries are answered by `createBot` after the handler, so a handler may answer with words. It can't be
 * sent from background work: there, and for buttons that must survive a deploy, use `defineCallback`.
 *
 * @example
 * const menu = createMenu<ClientContext>('main', { fingerprint: (ctx) => ctx.t.language, reshow: showMenu })
 * menu.text((ctx) => ctx.t.plain('menu-buy'), showPlans)
 */
export function createMenu<C extends BotContext>(id: string, options: CreateMenuOptions<C> = {}): Menu<C> {
  if (!/^[a-z][a-z0-9-]*$/.test(id) || id.length > maxIdBytes) throw new RangeError(`not a menu id: ${id}`)
  return new Menu<C>(id, {
    autoAnswer: false,
    onMenuOutdated: async (ctx) => {
      await ctx.answerCallbackQuery({ text: ctx.t.plain('button-outdated') })
      if (options.reshow) await options.reshow(ctx)
      else await ctx.menu.update({ immediate: true })
    },
    ...(options.fingerprint ? { fingerprint: options.fingerprint } : {}),
  })
}
