import {
  AccessEntity,
  DeviceEntity,
  EndpointEntity,
  type EndpointRow,
  type EntityManager,
  LockMode,
  ServerEntity,
  SubscriptionEntity,
} from '@vpn-kiosk/db'
import { type CustomerId, type DeviceId, newId, type ServerId, standingOf, tidyName } from '@vpn-kiosk/domain'
import { mintAccess, newAccess } from '../access/new-access.ts'
import { queueAccess } from '../access/queue-access.ts'
import { requestShared } from '../access/request-shared.ts'
import type { ShopDeps } from '../deps.ts'
import { allocateAddress } from './allocate-address.ts'

export type AddDeviceResult =
  | { readonly kind: 'added'; readonly deviceId: DeviceId }
  | { readonly kind: 'no_subscription' }
  | { readonly kind: 'limit_reached'; readonly deviceLimit: number }
  | { readonly kind: 'no_room' }
  | { readonly kind: 'server_gone' }

export const deviceNameLength = 32

export interface NewDevice {
  readonly customerId: CustomerId
  readonly serverId: ServerId
  readonly name: string
  /** Of the button or the dialog that asks for it: asked twice, the first device is the answer. */
  readonly requestId?: string
}

/**
 * Gives a customer a key for one more device. The address is taken by inserting it under a unique index, so two
 * at once never share one; the limit is counted with the subscription locked. The shared key gives one device up for it.
 */
export async function addDevice(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'drivers'>,
  input: NewDevice,
): Promise<AddDeviceResult> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const subscription = await em.findOne(
      SubscriptionEntity,
      { customerId: input.customerId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    if (!subscription || standingOf(subscription, now) !== 'active') return { kind: 'no_subscription' }
    const requestId = input.requestId ?? null
    const made = requestId && (await em.findOne(DeviceEntity, { subscriptionId: subscription.id, requestId }))
    if (made) return { kind: 'added', deviceId: made.id }
    const count = await em.count(DeviceEntity, { subscriptionId: subscription.id, revokedAt: null })
    if (count >= subscription.deviceLimit) return { kind: 'limit_reached', deviceLimit: subscription.deviceLimit }
    const endpoint = await findEndpoint(deps, em, input.serverId)
    if (!endpoint) return { kind: 'server_gone' }
    const address = await allocateAddress(deps, em, endpoint, now)
    if (!address) return { kind: 'no_room' }

    const deviceId = newId('device')
    const name = tidyName(input.name, deviceNameLength) || `#${count + 1}`
    await em.insert(DeviceEntity, {
      id: deviceId,
      subscriptionId: subscription.id,
      name,
      protocol: endpoint.protocol,
      requestId,
      createdAt: now,
      revokedAt: null,
    })
    const minted = mintAccess(deps, endpoint.driver)
    const access = newAccess({ ...minted, subscriptionId: subscription.id, endpointId: endpoint.id, now })
    await em.insert(AccessEntity, { ...access, deviceId, address, desiredRevision: 1 })
    await queueAccess(deps, em, access.id)
    await requestShared(deps, em, [subscription.id], now)
    return { kind: 'added', deviceId }
  })
}

async function findEndpoint(
  { drivers }: Pick<ShopDeps, 'drivers'>,
  em: EntityManager,
  serverId: ServerId,
): Promise<EndpointRow | null> {
  const server = await em.findOne(ServerEntity, { id: serverId, state: 'active' })
  if (!server) return null
  const endpoints = await em.find(EndpointEntity, { serverId })
  return endpoints.find((endpoint) => drivers.get(endpoint.driver)?.accountPer === 'device') ?? null
}
