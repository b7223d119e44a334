import type { StaffAlert } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from './notify-staff.ts'

/** Keeps what an earlier version put into the queue itself: it waited there while the shop was being updated. */
export const adoptStaffAlert = (
  deps: Pick<ShopDeps, 'db' | 'clock' | 'queue'>,
  notification: { readonly kind: string; readonly [field: string]: unknown },
): Promise<void> =>
  deps.db.transaction((em) => notifyStaff(deps, em, notification as unknown as StaffAlert, deps.clock.now()))
