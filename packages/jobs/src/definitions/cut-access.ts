import type { AccessId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

/** Closing and removing have fetchers of their own: thousands that end at once delay no new key, and no key delays a cut. */
export const cutAccess = defineJob('cut-access', (shop, { accessId }) => shop.provisionAccess(accessId as AccessId), {
  workers: 2,
  batch: 5,
  patienceMs: 1000,
})
