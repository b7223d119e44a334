import { dropConnections } from './drop-connections.ts'
import { getKey, getKeyByToken } from './get-key.ts'
import { provisionAccess } from './provision-access.ts'
import { reconcileEndpoint } from './reconcile-endpoint.ts'
import { reconcileEndpoints } from './reconcile-endpoints.ts'
import { sweepAccesses } from './sweep-accesses.ts'
import { syncUsage } from './sync-usage.ts'

export const accessVerbs = {
  dropConnections,
  getKey,
  getKeyByToken,
  provisionAccess,
  reconcileEndpoint,
  reconcileEndpoints,
  sweepAccesses,
  syncUsage,
}
