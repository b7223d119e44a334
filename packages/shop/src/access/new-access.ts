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
