import type { RequiredChannel } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'

/** The client bot cannot see who is in a channel: everybody is let through meanwhile, and staff hear what to do. */
export const reportChannel = (
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  { chatId, title }: Pick<RequiredChannel, 'chatId' | 'title'>,
  reason: string,
): Promise<void> =>
  deps.db.transaction((em) =>
    notifyStaff(deps, em, { kind: 'channel_unreadable', chatId, title, reason }, deps.clock.now()),
  )
