import type { EndpointId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

export const reprovisionEndpoint = defineJob('reprovision-endpoint', (shop, { endpointId }) =>
  shop.reprovisionEndpoint(endpointId as EndpointId),
)
