import type { EntityManager } from '@vpn-kiosk/db'
import { addMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import type { UndeliveredCause } from '../operation/count-undelivered.ts'

/** Tells staff of each trouble that customers wait for. */
export async function notifyCauses(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  causes: readonly UndeliveredCause[],
  now: Date,
): Promise<void> {
  for (const { serverName, reason, count, oldestMs } of causes) {
    const since = addMs(now, -oldestMs).toISOString()
    await notifyStaff(deps, em, { kind: 'access_stuck', serverName, reason, count, since }, now)
  }
}
