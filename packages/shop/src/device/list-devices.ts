import {
  AccessEntity,
  CustomerEntity,
  DeviceEntity,
  EndpointEntity,
  ServerEntity,
  SubscriptionEntity,
} from '@vpn-kiosk/db'
import {
  type CustomerId,
  type DeviceId,
  type Protocol,
  type ServerId,
  type Standing,
  serverLabel,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface DeviceSummary {
  readonly id: DeviceId
  readonly name: string
  readonly protocol: Protocol
  readonly serverLabel: string
  readonly isReady: boolean
  readonly lastSeenAt: Date | null
  readonly trafficBytes: bigint
}

export interface DevicePlace {
  readonly serverId: ServerId
  readonly label: string
  readonly protocol: Protocol
}

/** How the key that all devices share was used last, as far as the servers tell. */
export interface SharedKeyUse {
  readonly lastSeenAt: Date | null
  readonly serverLabel: string
}

export interface DeviceList {
  readonly standing: Standing
  readonly deviceLimit: number
  /** There are more devices than the limit allows; then the surplus is closed. */
  readonly surplusClosesAt: Date | null
  /** Null where each device has a key of its own only. */
  readonly shared: SharedKeyUse | null
  readonly devices: readonly DeviceSummary[]
  /** Where a further device can be put; empty when no server offers keys of their own, or none has room. */
  readonly places: readonly DevicePlace[]
}

/** What a customer's devices connect with; null for who never had a subscription. */
export async function listDevices(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'drivers'>,
  customerId: CustomerId,
): Promise<DeviceList | null> {
  const em = deps.db.em()
  const subscription = await em.findOne(SubscriptionEntity, { customerId })
  if (!subscription) return null
  const devices = await em.find(
    DeviceEntity,
    { subscriptionId: subscription.id, revokedAt: null },
    { orderBy: { createdAt: 'asc' } },
  )
  const accesses = await em.find(AccessEntity, { subscriptionId: subscription.id, removedAt: null })
  const endpoints = await em.find(EndpointEntity, {})
  const servers = await em.find(ServerEntity, {}, { orderBy: { position: 'asc', createdAt: 'asc' } })
  const { language } = await em.findOneOrFail(CustomerEntity, { id: customerId })
  const labelOf = (endpointId?: string) => {
    const endpoint = endpoints.find((one) => one.id === endpointId)
    const server = servers.find((one) => one.id === endpoint?.serverId)
    return server && endpoint ? serverLabel({ ...server, ordinal: endpoint.ordinal }, language) : ''
  }
  const perDevice = endpoints.filter((endpoint) => deps.drivers.get(endpoint.driver)?.accountPer === 'device')
  return {
    standing: standingOf(subscription, deps.clock.now()),
    deviceLimit: subscription.deviceLimit,
    surplusClosesAt: subscription.surplusClosesAt,
    shared: lastUse(
      accesses
        .filter(({ deviceId }) => deviceId === null)
        .map((access) => ({ ...access, label: labelOf(access.endpointId) })),
    ),
    devices: devices.map((device) => {
      const access = accesses.find((one) => one.deviceId === device.id)
      return {
        id: device.id,
        name: device.name,
        protocol: device.protocol,
        serverLabel: labelOf(access?.endpointId),
        isReady: access?.credentials != null,
        lastSeenAt: access?.lastSeenAt ?? null,
        trafficBytes: (access?.uploadBytes ?? 0n) + (access?.downloadBytes ?? 0n),
      }
    }),
    places: perDevice.flatMap((endpoint) => {
      const server = servers.find((one) => one.id === endpoint.serverId && one.state === 'active')
      return server ? [{ serverId: server.id, label: labelOf(endpoint.id), protocol: endpoint.protocol }] : []
    }),
  }
}

function lastUse(
  accesses: readonly { readonly lastSeenAt: Date | null; readonly label: string }[],
): SharedKeyUse | null {
  const [latest] = accesses.toSorted((a, b) => (b.lastSeenAt?.getTime() ?? 0) - (a.lastSeenAt?.getTime() ?? 0))
  return latest ? { lastSeenAt: latest.lastSeenAt, serverLabel: latest.label } : null
}
