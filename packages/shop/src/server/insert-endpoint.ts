import { EndpointEntity, type EntityManager } from '@vpn-kiosk/db'
import {
  cutText,
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
    version: null,
    ...healthColumns(tested.health, now),
    requestKey,
    wishAfter: null,
    createdAt: now,
  })
  return id
}

/** What an endpoint said of itself, as a test and a probe write it down. A version that it does not tell is kept. */
export function healthColumns(health: EndpointHealth, now: Date) {
  const isUp = health.kind === 'up'
  const { version, online = null, cpuPercent = null, memoryPercent = null, runningSince = null, documentsKey } = health
  return {
    health: health.kind,
    healthReason: isUp ? null : cutText(health.reason, 300),
    problems: isUp ? null : [...health.problems],
    takesNewcomers: isUp || health.takesNewcomers,
    probedAt: now,
    ...(version === undefined ? {} : { version }),
    online,
    cpuPercent: round(cpuPercent),
    memoryPercent: round(memoryPercent),
    // A core that stands still says nothing of its start; the last one known is what the next is compared with.
    ...(runningSince === null ? {} : { runningSince }),
    ...(documentsKey === undefined ? {} : { documentsKey }),
  }
}

const round = (percent: number | null): number | null => (percent === null ? null : Math.round(percent))
