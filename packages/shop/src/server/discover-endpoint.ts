import type { DriverId, EndpointConfig, EndpointDiscovery } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { askEndpoint } from './ask-endpoint.ts'
import type { EndpointFailure } from './endpoint-failure.ts'

export type DiscoverEndpointResult =
  | { readonly kind: 'found'; readonly discovery: EndpointDiscovery }
  | EndpointFailure
  | Forbidden

export interface EndpointDraft extends EndpointConfig {
  readonly driver: DriverId
}

/** Looks at an endpoint before it is saved: what is there, what can be chosen, what must be confirmed. Stores nothing. */
export async function discoverEndpoint(
  deps: Pick<ShopDeps, 'db' | 'policy' | 'drivers'>,
  actor: Actor,
  draft: EndpointDraft,
): Promise<DiscoverEndpointResult> {
  if (!(await hasPermission(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const kind = deps.drivers.get(draft.driver)
  if (!kind) return { kind: 'unknown_driver' }
  const { settings, secrets } = draft
  const found = await askEndpoint(() => kind.discover({ settings, secrets }))
  return found.kind === 'answered' ? { kind: 'found', discovery: found.value } : found
}
