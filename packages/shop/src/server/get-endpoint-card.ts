import { EndpointEntity, type EndpointRow, ServerEntity } from '@vpn-kiosk/db'
import type { DriverId, EndpointId, Protocol, ServerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

/** A way in as an admin edits it: its settings, and which secrets there are, but none of their values. */
export interface EndpointCard {
  readonly id: EndpointId
  readonly serverId: ServerId
  readonly serverName: string
  readonly driver: DriverId
  readonly protocol: Protocol
  readonly health: EndpointRow['health']
  readonly settings: Readonly<Record<string, unknown>>
  readonly secretNames: readonly string[]
}

/** One way in; null when it is unknown. */
export const getEndpointCard = (
  deps: Pick<ShopDeps, 'db' | 'policy' | 'vault'>,
  actor: Actor,
  id: EndpointId,
): Promise<Seen<EndpointCard | null>> =>
  readIfPermitted(deps, actor, 'change_servers', async () => {
    const em = deps.db.em()
    const endpoint = await em.findOne(EndpointEntity, { id })
    if (!endpoint) return null
    const server = await em.findOneOrFail(ServerEntity, { id: endpoint.serverId })
    return {
      id,
      serverId: server.id,
      serverName: server.name,
      driver: endpoint.driver,
      protocol: endpoint.protocol,
      health: endpoint.health,
      settings: endpoint.settings,
      secretNames: Object.keys(deps.vault.open<Record<string, string>>(endpoint.secrets, `endpoints.secrets:${id}`)),
    }
  })
