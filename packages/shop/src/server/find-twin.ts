import { anyOf, type EntityManager } from '@vpn-kiosk/db'
import {
  type AccessId,
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
  const db = em.getKysely()
  const others = await db
    .selectFrom('endpoints as e')
    .innerJoin('servers as s', 's.id', 'e.server_id')
    .select(['e.id', 'e.settings', 'e.secrets', 'e.server_id', 's.name'])
    .where('e.driver', '=', kind.id)
    .where('e.id', 'is distinct from', own)
    .orderBy('e.created_at')
    .orderBy('e.id')
    .execute()
  const identity = kind.identify(config)
  const alike = others.find(
    ({ id, settings, secrets }) =>
      identityOf(kind, { settings, secrets: vault.open(secrets, `endpoints.secrets:${id}`) }) === identity,
  )
  if (alike) return { serverId: alike.server_id, serverName: alike.name }
  const ids = accounts.map((account): AccessId => `acc_${account.slice('vk-'.length)}`)
  const holder = await db
    .selectFrom('accesses as a')
    .innerJoin('endpoints as e', 'e.id', 'a.endpoint_id')
    .innerJoin('servers as s', 's.id', 'e.server_id')
    .select(['s.id as server_id', 's.name'])
    .where('a.id', '=', anyOf(ids))
    .where('e.driver', '=', kind.id)
    .where('e.id', 'is distinct from', own)
    .limit(1)
    .executeTakeFirst()
  return holder ? { serverId: holder.server_id, serverName: holder.name } : null
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
