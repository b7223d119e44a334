import { dropConnections } from './drop-connections.ts'
import { getKey } from './get-key.ts'
import { getKeyByToken } from './get-key-by-token.ts'
import { provisionAccess } from './provision-access.ts'
import { reconcileEndpoint } from './reconcile-endpoint.ts'
import { reconcileEndpoints } from './reconcile-endpoints.ts'
import { recordUsage } from './record-usage.ts'
import { sweepAccesses } from './sweep-accesses.ts'

export const accessVerbs = {
  dropConnections,
  getKey,
  getKeyByToken,
  provisionAccess,
  reconcileEndpoint,
  reconcileEndpoints,
  sweepAccesses,
  recordUsage,
}
