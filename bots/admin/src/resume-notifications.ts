import type { Shop } from '@vpn-kiosk/shop'
import type { MiddlewareFn } from 'grammy'
import type { AdminContext } from './context.ts'

/** Tells whoever comes, or comes back, the alerts that the bot could not tell them before. */
export function resumeNotifications(shop: Pick<Shop, 'resumeStaffNotifications'>): MiddlewareFn<AdminContext> {
  return async (ctx, next) => {
    await shop.resumeStaffNotifications(ctx.actor)
    await next()
  }
}
