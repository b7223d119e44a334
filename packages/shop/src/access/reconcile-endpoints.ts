import { listServingEndpoints } from '../server/list-serving-endpoints.ts'
import { forEachIsolated } from './for-each-isolated.ts'
import { type Difference, type ReconcileEndpointDeps, reconcileEndpoint } from './reconcile-endpoint.ts'

export type ReconcileEndpointsDeps = ReconcileEndpointDeps

/**
 * Reconciles every endpoint in service, one after the other. A dry run only tells. One that fails keeps no other from
 * being repaired, and is thrown at the end.
 */
export async function reconcileEndpoints(deps: ReconcileEndpointsDeps, isDryRun = false): Promise<Difference[]> {
  const endpoints = await listServingEndpoints(deps)
  const found: Difference[] = []
  await forEachIsolated(
    endpoints,
    async ({ id }) => void found.push(...(await reconcileEndpoint(deps, id, { isDryRun }))),
  )
  return found
}
