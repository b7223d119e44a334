import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openNotifications, switchNotification } from './callbacks.ts'
import { notificationSettingsView } from './views.ts'

/** What the bot writes by itself, a switch for each kind. */
export function notificationSettingsFeature(
  shop: Pick<Shop, 'getNotificationSwitches' | 'switchNotifications'>,
): Composer<ClientContext> {
  const show = async (ctx: ClientContext) =>
    showView(ctx, notificationSettingsView(ctx.t, await shop.getNotificationSwitches(ctx.customer.id)))
  const feature = new Composer<ClientContext>()
  feature.command('notifications', show)
  openNotifications.handle(feature, show)
  switchNotification.handle(feature, async (ctx, { which, on }) => {
    const switched = await shop.switchNotifications(ctx.customer.id, { [which]: on })
    await showView(ctx, notificationSettingsView(ctx.t, switched))
  })
  return feature
}
