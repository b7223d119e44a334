import { type Expression, sql } from '@vpn-kiosk/db'
import { type AccessId, type DriverId, type EndpointId, newId, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** An access' id with its secrets, sealed for its row. */
export function mintAccess({ vault, drivers }: Pick<ShopDeps, 'vault' | 'drivers'>, driver: DriverId) {
  const id = newId('access')
  return { id, secrets: vault.seal(drivers.get(driver)!.mintSecrets(), `accesses.secrets:${id}`) }
}

/** A row that was never applied: secrets are minted and stored before the endpoint is first asked. */
export const newAccess = (of: {
  id: AccessId
  subscriptionId: SubscriptionId
  endpointId: EndpointId
  secrets: string
  now: Date
}) => ({
  id: of.id,
  subscriptionId: of.subscriptionId,
  endpointId: of.endpointId,
  deviceId: null,
  secrets: of.secrets,
  address: null,
  desiredRevision: 0,
  appliedRevision: 0,
  credentials: null,
  appliedAt: null,
  nextAttemptAt: of.now,
  lastError: null,
  leasedUntil: null,
  uploadCounter: 0n,
  downloadCounter: 0n,
  uploadBytes: 0n,
  downloadBytes: 0n,
  lastSeenAt: null,
  createdAt: of.now,
  endedAt: null,
  askedAt: null,
  removedAt: null,
})

/** Columns of accesses that a statement adds in numbers, wished at once. */
export const newColumns = [
  'id',
  'secrets',
  'subscription_id',
  'endpoint_id',
  'desired_revision',
  'applied_revision',
  'upload_counter',
  'download_counter',
  'upload_bytes',
  'download_bytes',
  'next_attempt_at',
  'created_at',
  'asked_at',
] as const

/** What they begin with, from the fifth on. */
export const newValues = (now: Date | Expression<Date>) => [
  sql.lit(1).as('desired_revision'),
  sql.lit(0).as('applied_revision'),
  sql.lit(0).as('upload_counter'),
  sql.lit(0).as('download_counter'),
  sql.lit(0).as('upload_bytes'),
  sql.lit(0).as('download_bytes'),
  sql`${now}::timestamptz`.as('next_attempt_at'),
  sql`${now}::timestamptz`.as('created_at'),
  sql`null::timestamptz`.as('asked_at'),
]
