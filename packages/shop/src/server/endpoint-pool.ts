import type { EndpointRow } from '@vpn-kiosk/db'
import { type Clock, type DriverId, type DriverKind, EndpointRefused, type VpnDriver } from '@vpn-kiosk/domain'
import type { Vault } from '../secrets/vault.ts'
import { refuseWhileSilent } from './refuse-while-silent.ts'

/** Opened endpoints, one driver each, kept while their settings stay the same. */
export interface EndpointPool {
  /** Throws `EndpointRefused` when the driver is unknown or the settings are not its own. */
  open(endpoint: Pick<EndpointRow, 'id' | 'driver' | 'settings' | 'secrets'>): VpnDriver
  close(): Promise<void>
}

export interface EndpointPoolDeps {
  readonly drivers: ReadonlyMap<DriverId, DriverKind>
  readonly vault: Vault
  readonly clock: Clock
}

export function createEndpointPool({ drivers, vault, clock }: EndpointPoolDeps): EndpointPool {
  const opened = new Map<string, { key: string; driver: VpnDriver }>()
  return {
    open: (endpoint) => {
      const key = endpoint.secrets + JSON.stringify(endpoint.settings)
      const known = opened.get(endpoint.id)
      if (known?.key === key) return known.driver
      const kind = drivers.get(endpoint.driver)
      if (!kind) throw new EndpointRefused(`there is no driver called ${endpoint.driver}`)
      const secrets = vault.open<Record<string, string>>(endpoint.secrets, `endpoints.secrets:${endpoint.id}`)
      const config = kind.parse({ settings: endpoint.settings, secrets })
      const driver = refuseWhileSilent(kind.open(config, { clock }), clock)
      void known?.driver.close()
      opened.set(endpoint.id, { key, driver })
      return driver
    },
    close: async () => {
      await Promise.all([...opened.values()].map(({ driver }) => driver.close()))
      opened.clear()
    },
  }
}
