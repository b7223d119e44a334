import type { Shop } from '@vpn-kiosk/shop'
import type { MiddlewareFn } from 'grammy'
import type { AdminContext } from './context.ts'

/** Notifications come in the language of the screens: whoever works for the shop need never have opened its client bot. */
export function noteLanguage(shop: Pick<Shop, 'remember'>): MiddlewareFn<AdminContext> {
  const noted = new Map<bigint, string>()
  return async (ctx, next) => {
    const { language } = ctx.t
    if (noted.get(ctx.actor) !== language) {
      await shop.remember(`speaks:${ctx.actor}`, language)
      noted.set(ctx.actor, language)
    }
    await next()
  }
}
