import type { EndpointRow } from '@vpn-kiosk/db'
import { eachApart } from './each-apart.ts'
import { type Difference, type ReconcileEndpointDeps, reconcileEndpoint } from './reconcile-endpoint.ts'

export type ReconcileEndpointsDeps = ReconcileEndpointDeps

/**
 * Reconciles every endpoint in service, one after the other. A dry run only tells. One that fails keeps no other from
 * being repaired, and is thrown at the end.
 */
export async function reconcileEndpoints(deps: ReconcileEndpointsDeps, isDryRun = false): Promise<Difference[]> {
  const endpoints = await deps.db
    .em()
    .execute<{ id: EndpointRow['id'] }[]>(
      `select e.id from endpoints e join servers s on s.id = e.server_id where s.state in ('active', 'draining')`,
    )
  const found: Difference[] = []
  await eachApart(endpoints, async ({ id }) => void found.push(...(await reconcileEndpoint(deps, id, { isDryRun }))))
  return found
}
