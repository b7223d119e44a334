import type { AccessId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

/**
 * Several fetchers, and whoever waits longer than a second for its endpoint gives its place to others: an endpoint that
 * hangs holds up its own customers (`refuseWhileSilent` bounds how many), not everybody's key. A grant that was given
 * up in a crash is in its row, where the sweep finds it.
 */
export const provisionAccess = defineJob(
  'provision-access',
  (shop, { accessId }) => shop.provisionAccess(accessId as AccessId),
  {
    workers: 4,
    batch: 5,
    patienceMs: 1000,
  },
)
