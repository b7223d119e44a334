import { addMs, type Clock, EndpointRefused, EndpointUnreachable, isBefore, type VpnDriver } from '@vpn-kiosk/domain'

/** Writes that may wait for one endpoint that says nothing: a quarter of the places that `provision-access` has. */
const mostWaiting = 5
/** How long a busy endpoint may answer nobody before it counts as silent. */
const silenceMs = 1_000

/**
 * The same driver, but a write is refused at once as `EndpointUnreachable` while five others wait for the endpoint and
 * it has answered none of them for a second: one that hangs must not take the places of those who wait for others.
 * However many writes a healthy endpoint has at once, it answers and is never refused.
 */
export function refuseWhileSilent(driver: VpnDriver, clock: Clock): VpnDriver {
  let waiting = 0
  let silentSince = clock.now()
  const ask = async <T>(write: () => Promise<T>): Promise<T> => {
    if (waiting === 0) silentSince = clock.now()
    if (waiting >= mostWaiting && isBefore(addMs(silentSince, silenceMs), clock.now()))
      throw new EndpointUnreachable(`${waiting} others wait for its answer`, { code: 'timeout' })
    waiting += 1
    try {
      const result = await write()
      silentSince = clock.now()
      return result
    } catch (error) {
      if (error instanceof EndpointRefused) silentSince = clock.now()
      throw error
    } finally {
      waiting -= 1
    }
  }
  return {
    id: driver.id,
    protocols: driver.protocols,
    ensureAccount: (spec) => ask(() => driver.ensureAccount(spec)),
    removeAccount: (account, secrets) => ask(() => driver.removeAccount(account, secrets)),
    listAccounts: () => driver.listAccounts(),
    readUsage: () => driver.readUsage(),
    probe: () => driver.probe(),
    ...(driver.dropConnections ? { dropConnections: driver.dropConnections.bind(driver) } : {}),
    close: () => driver.close(),
  }
}
