import { EndpointEntity, LockMode, ServerEntity } from '@vpn-kiosk/db'
import type { EndpointHealth, EndpointId, Protocol, ServerId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { askEndpoint } from './ask-endpoint.ts'
import type { EndpointDraft } from './discover-endpoint.ts'
import type { EndpointFailure } from './endpoint-failure.ts'
import { findTwin, type Twin } from './find-twin.ts'
import { insertEndpoint } from './insert-endpoint.ts'
import { lockServers } from './lock-servers.ts'
import { testEndpoint } from './test-endpoint.ts'

export interface NewEndpoint extends EndpointDraft {
  /** One of the driver's; its first when absent. */
  readonly protocol?: Protocol | undefined
  /** Random, made when the endpoint was shown for confirmation: pressed twice, it is added once. */
  readonly requestId?: string | undefined
}

export type AddEndpointResult =
  /** Also for whoever presses a second time. */
  | { readonly kind: 'added'; readonly endpointId: EndpointId; readonly health: EndpointHealth }
  | { readonly kind: 'unknown_server' }
  | ({ readonly kind: 'same_panel' } & Twin)
  | { readonly kind: 'invalid'; readonly field: 'protocol' }
  | EndpointFailure
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'drivers' | 'policy'>

/** Adds another way in to a place that is there. The connection is tested first, as `addServer` does. */
export async function addEndpoint(
  deps: Deps,
  actor: Actor,
  serverId: ServerId,
  endpoint: NewEndpoint,
): Promise<AddEndpointResult> {
  if (!(await hasPermission(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const kind = deps.drivers.get(endpoint.driver)
  const protocol = endpoint.protocol ?? kind?.protocols[0]
  if (!kind) return { kind: 'unknown_driver' }
  if (!protocol || !kind.protocols.includes(protocol)) return { kind: 'invalid', field: 'protocol' }
  const tested = await askEndpoint(() => testEndpoint(deps, kind, endpoint))
  if (tested.kind !== 'answered') return tested
  const { value } = tested
  const requestKey = endpoint.requestId ?? null
  return deps.db.transaction(async (em) => {
    await lockServers(em)
    const known = requestKey ? await em.findOne(EndpointEntity, { requestKey }) : null
    if (known) return { kind: 'added', endpointId: known.id, health: value.health }
    const server = await em.findOne(ServerEntity, { id: serverId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!server) return { kind: 'unknown_server' }
    const twin = await findTwin(deps, em, kind, value)
    if (twin) return { kind: 'same_panel', ...twin }
    const { country, city } = server
    const endpointId = await insertEndpoint(deps, em, {
      serverId,
      country,
      city,
      kind,
      protocol,
      tested: value,
      requestKey,
    })
    const after = { endpointId, driver: kind.id, protocol, settings: { ...value.config.settings } }
    const note = { actor: auditedActor(actor), action: 'add_endpoint', subject: serverId, after }
    await recordAudit(em, note, deps.clock.now())
    await deps.queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
    return { kind: 'added', endpointId, health: value.health }
  })
}
