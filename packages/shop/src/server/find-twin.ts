import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import {
  type DriverKind,
  type EndpointConfig,
  type EndpointId,
  EndpointRefused,
  type ServerId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { TestedEndpoint } from './test-endpoint.ts'

/** The server that has this panel or host already. */
export interface Twin {
  readonly serverId: ServerId
  readonly serverName: string
}

/**
 * Finds the server that the tested endpoint belongs to already: by its address, however it is written, or by accounts
 * on it that another endpoint of ours made. Two endpoints on one panel would give every customer two accounts there.
 */
export async function findTwin(
  { vault }: Pick<ShopDeps, 'vault'>,
  em: EntityManager,
  kind: DriverKind,
  { config, accounts }: TestedEndpoint,
  own: EndpointId | null = null,
): Promise<Twin | null> {
  const others = await runStatement<Other>(
    em,
    `select e.id, e.settings, e.secrets, e.server_id, s.name from endpoints e join servers s on s.id = e.server_id
     where e.driver = $1 and e.id is distinct from $2 order by e.created_at, e.id`,
    [kind.id, own],
  )
  const identity = kind.identify(config)
  const alike = others.find(
    ({ id, settings, secrets }) =>
      identityOf(kind, { settings, secrets: vault.open(secrets, `endpoints.secrets:${id}`) }) === identity,
  )
  if (alike) return { serverId: alike.server_id, serverName: alike.name }
  const [holder] = await runStatement<{ server_id: ServerId; name: string }>(
    em,
    `select s.id as server_id, s.name from accesses a join endpoints e on e.id = a.endpoint_id
     join servers s on s.id = e.server_id
     where a.id = any($1) and e.driver = $2 and e.id is distinct from $3 limit 1`,
    [accounts.map((account) => `acc_${account.slice('vk-'.length)}`), kind.id, own],
  )
  return holder ? { serverId: holder.server_id, serverName: holder.name } : null
}

interface Other {
  readonly id: EndpointId
  readonly settings: Record<string, unknown>
  readonly secrets: string
  readonly server_id: ServerId
  readonly name: string
}

/** Null for settings that the driver would not take any more: they are nobody's twin. */
function identityOf(kind: DriverKind, config: EndpointConfig): string | null {
  try {
    return kind.identify(config)
  } catch (error) {
    if (error instanceof EndpointRefused) return null
    throw error
  }
}
