import type { AccessId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

/** Several fetchers: a panel that hangs holds up its own batch, not everybody's key. */
export const grantAccess = defineJob('grant-access', (shop, { accessId }) => shop.grantAccess(accessId as AccessId), {
  workers: 4,
  batch: 5,
})
