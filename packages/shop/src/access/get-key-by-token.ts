import type { Given } from '@vpn-kiosk/db'
import { prepared } from '@vpn-kiosk/db'
import type { DriverId, Language } from '@vpn-kiosk/domain'
import { sharedDrivers } from '../server/devices-only.ts'
import type { GetKeyDeps, Key } from './get-key.ts'
import { selectKey, toKey } from './get-key.ts'

/** What the customer connects with whose public link has this token, labels in `language`; null for an unknown token. */
export async function getKeyByToken(deps: GetKeyDeps, token: string, language?: Language): Promise<Key | null> {
  if (!/^[0-9a-z]{32}$/.test(token)) return null
  return toKey(deps, await findKeyByToken(deps.db, { shared: sharedDrivers(deps.drivers), token }), language)
}

const findKeyByToken = prepared((db, { shared, token }: Given<{ shared: readonly DriverId[]; token: string }>) =>
  selectKey(db, shared).where('s.token', '=', token),
)
