import { EndpointEntity, type EntityManager } from '@vpn-kiosk/db'
import {
  type DriverKind,
  type EndpointHealth,
  type EndpointId,
  newId,
  type Protocol,
  type ServerId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { numberEndpoint } from './number-endpoint.ts'
import type { TestedEndpoint } from './test-endpoint.ts'

export interface EndpointToInsert {
  readonly serverId: ServerId
  readonly country: string
  readonly city: string
  readonly kind: DriverKind
  readonly protocol: Protocol
  readonly tested: TestedEndpoint
  readonly requestKey: string | null
}

/** Writes a way in that was tested; its secrets are sealed. The caller holds `lockServers`. */
export async function insertEndpoint(
  { vault, clock }: Pick<ShopDeps, 'vault' | 'clock'>,
  em: EntityManager,
  { serverId, country, city, kind, protocol, tested, requestKey }: EndpointToInsert,
): Promise<EndpointId> {
  const id = newId('endpoint')
  const now = clock.now()
  await em.insert(EndpointEntity, {
    id,
    serverId,
    driver: kind.id,
    protocol,
    ordinal: await numberEndpoint(em, { country, city, protocol }),
    settings: { ...tested.config.settings },
    secrets: vault.seal(tested.config.secrets, `endpoints.secrets:${id}`),
    ...healthColumns(tested.health, now),
    requestKey,
    wishAfter: null,
    createdAt: now,
  })
  return id
}

/** What was found by a test, as a probe writes it down. */
export function healthColumns(health: EndpointHealth, now: Date) {
  const up = health.kind === 'up' ? health : null
  return {
    health: health.kind,
    healthReason: health.kind === 'up' ? null : health.reason.slice(0, 300),
    probedAt: now,
    version: up?.version ?? null,
    online: up?.online ?? null,
    cpuPercent: round(up?.cpuPercent ?? null),
    memoryPercent: round(up?.memoryPercent ?? null),
  }
}

const round = (percent: number | null): number | null => (percent === null ? null : Math.round(percent))
