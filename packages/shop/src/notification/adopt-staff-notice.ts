import type { StaffNotice } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { tellStaff } from '../notice/queue-notice.ts'

/** Keeps what an earlier version put into the queue itself: it waited there while the shop was being updated. */
export const adoptStaffNotice = (
  deps: Pick<ShopDeps, 'db' | 'clock' | 'queue'>,
  notice: { readonly kind: string; readonly [field: string]: unknown },
): Promise<void> => deps.db.transaction((em) => tellStaff(deps, em, notice as unknown as StaffNotice, deps.clock.now()))
