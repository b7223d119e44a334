import { AccessEntity, EndpointEntity, ServerEntity, SubscriptionEntity, type SubscriptionRow } from '@vpn-kiosk/db'
import {
  type AccessDocument,
  type Credentials,
  type CustomerId,
  flagOf,
  type Protocol,
  type Standing,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface WayIn {
  readonly label: string
  readonly protocol: Protocol
  readonly document: AccessDocument
}

export interface Key {
  readonly standing: Standing
  readonly isTrial: boolean
  readonly endsAt: Date | null
  readonly trafficUsedBytes: bigint
  readonly trafficLimitBytes: bigint | null
  readonly subscriptionUrl: string
  /** Share links of the whole subscription; empty while it is being prepared. Devices have files of their own. */
  readonly waysIn: readonly WayIn[]
}

type GetKeyDeps = Pick<ShopDeps, 'db' | 'clock' | 'vault' | 'policy'>

/** What a customer connects with; null for who never had anything. */
export async function getKey(deps: GetKeyDeps, customerId: CustomerId): Promise<Key | null> {
  const subscription = await deps.db.em().findOne(SubscriptionEntity, { customerId })
  return subscription ? read(deps, subscription) : null
}

/** The same for whoever holds the public link; null for an unknown token. */
export async function getKeyByToken(deps: GetKeyDeps, token: string): Promise<Key | null> {
  if (!/^[0-9a-z]{32}$/.test(token)) return null
  const subscription = await deps.db.em().findOne(SubscriptionEntity, { token })
  return subscription ? read(deps, subscription) : null
}

async function read(deps: GetKeyDeps, subscription: SubscriptionRow): Promise<Key> {
  const standing = standingOf(subscription, deps.clock.now())
  return {
    standing,
    isTrial: subscription.isTrial,
    endsAt: subscription.endsAt,
    trafficUsedBytes: subscription.trafficUsedBytes,
    trafficLimitBytes: subscription.trafficLimitBytes,
    subscriptionUrl: `${deps.policy.publicUrl}/s/${subscription.token}`,
    waysIn: standing === 'active' ? await readWaysIn(deps, subscription) : [],
  }
}

async function readWaysIn({ db, vault }: GetKeyDeps, subscription: SubscriptionRow): Promise<WayIn[]> {
  const em = db.em()
  const accesses = await em.find(
    AccessEntity,
    { subscriptionId: subscription.id, deviceId: null, removedAt: null, credentials: { $ne: null } },
    { orderBy: { createdAt: 'asc' } },
  )
  const endpoints = await em.find(EndpointEntity, { id: { $in: accesses.map((access) => access.endpointId) } })
  const servers = await em.find(ServerEntity, { id: { $in: endpoints.map((endpoint) => endpoint.serverId) } })
  return accesses.flatMap((access) => {
    const endpoint = endpoints.find((one) => one.id === access.endpointId)
    const server = servers.find((one) => one.id === endpoint?.serverId)
    if (!endpoint || !server || server.state === 'disabled') return []
    const { documents } = vault.open<Credentials>(access.credentials ?? '')
    return documents.map((document) => ({
      label: `${flagOf(server.country)} ${server.city}`,
      protocol: endpoint.protocol,
      document,
    }))
  })
}
