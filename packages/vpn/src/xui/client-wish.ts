import { type AccountDifference, type AccountSpec, accountDifferences, EndpointRefused } from '@vpn-kiosk/domain'
import type { WireClient } from './wire.ts'

/** The fields of a panel's client that are ours to decide. All others belong to the panel's admin and are kept. */
export interface ClientWish {
  readonly email: string
  readonly id: string
  readonly subId: string
  readonly flow: string
  readonly enable: boolean
  /** Bytes in spite of its name; 0 = unlimited. */
  readonly totalGB: number
  /** Unix ms; 0 = never. */
  readonly expiryTime: number
  readonly limitIp: number
  /** The panel's own auto-renewal, in days. Off: it would re-open an account that we let expire. */
  readonly reset: 0
}

const vlessSecrets = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function wishFor(spec: AccountSpec, email: string, flow: string): ClientWish {
  const { uuid, subId } = spec.secrets
  if (uuid === undefined || !vlessSecrets.test(uuid) || subId === undefined || !/^[0-9a-z]{8,64}$/.test(subId)) {
    throw new EndpointRefused(`${spec.account} has no uuid and subId of this driver`, { code: 'settings_invalid' })
  }
  return {
    email,
    id: uuid,
    subId,
    flow,
    enable: spec.enabled,
    totalGB: bytesForPanel(spec.trafficLimitBytes),
    expiryTime: spec.expiresAt?.getTime() ?? 0,
    limitIp: spec.deviceLimit ?? 0,
    reset: 0,
  }
}

/** 0 means "unlimited" to the panel, so that a limit of nothing becomes a limit of one byte. */
function bytesForPanel(limit: bigint | null): number {
  if (limit === null) return 0
  if (limit < 1n) return 1
  return limit > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(limit)
}

/**
 * The whole client to write: panels replace what they have with what they are sent, and read a missing `totalGB` or
 * `expiryTime` as unlimited and a missing `enable` as off.
 */
export function mergeClient(current: WireClient | null, wish: ClientWish): WireClient {
  const kept = current ?? { comment: '' }
  return { ...kept, tgId: readTelegramId(kept), ...wish }
}

/** Panels refuse a text here; some old ones stored an empty one. */
const readTelegramId = (client: Readonly<Record<string, unknown>>): number =>
  typeof client.tgId === 'number' ? client.tgId : Number(client.tgId ?? 0) || 0

/** Whether writing `wish` over `current` would change nothing. Panels leave out empty and zero fields. */
export function isFulfilled(current: WireClient, wish: ClientWish): boolean {
  return Object.entries(wish).every(([field, wanted]) => (current[field] ?? empty(wanted)) === wanted)
}

const empty = (wanted: string | number | boolean): string | number | boolean =>
  typeof wanted === 'string' ? '' : typeof wanted === 'number' ? 0 : false

/** What a client differs in from `spec`, beside its switch and the inbounds that it is on. */
export function clientDifferences(current: WireClient, spec: AccountSpec): AccountDifference[] {
  const wish = wishFor(spec, current.email, '')
  const isSame = (field: keyof ClientWish) => (current[field] ?? empty(wish[field])) === wish[field]
  const differs: Record<AccountDifference, boolean> = {
    secrets: !isSame('id') || !isSame('subId'),
    end: !isSame('expiryTime'),
    traffic_limit: !isSame('totalGB'),
    device_limit: !isSame('limitIp'),
    inbounds: false,
  }
  return accountDifferences.filter((difference) => differs[difference])
}
