import type { EntityManager } from '@vpn-kiosk/db'
import { addDays, isBefore, type ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { recall, remember, type SettingKey } from '../setting/remember.ts'

/** A key that runs out is told of so long ahead: `npm run doctor` says it too. */
const warningDays = 14

/** Tells staff once of each key that runs out soon: without a new one nobody can pay by this provider then. */
export async function warnOfKeyEnd(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  em: EntityManager,
  provider: ProviderId,
  keyExpiresAt: Date | null,
): Promise<void> {
  const now = deps.clock.now()
  if (keyExpiresAt === null || !isBefore(keyExpiresAt, addDays(now, warningDays))) return
  const key = `check:key-${provider}` satisfies SettingKey
  const until = keyExpiresAt.toISOString()
  const told = await recall<{ readonly until: string }>(deps, key, em)
  if (told?.until === until) return
  await remember(deps, key, { until }, em)
  await notifyStaff(deps, em, { kind: 'key_ends', provider, until }, now)
}
