import type { EndpointId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

export const reconcileEndpoint = defineJob('reconcile-endpoint', (shop, { endpointId }) =>
  shop.reconcileEndpoint(endpointId as EndpointId),
)
