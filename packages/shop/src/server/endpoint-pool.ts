import type { EndpointRow } from '@vpn-kiosk/db'
import { type Clock, type DriverId, type DriverKind, EndpointRefused, type VpnDriver } from '@vpn-kiosk/domain'
import type { Vault } from '../secrets/vault.ts'
import { refuseWhileSilent } from './refuse-while-silent.ts'
import { createEndpointRest, type RestDeps, restAfterRefusal } from './rest-after-refusal.ts'

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
  /** Where it is kept that an endpoint refused our login; without it nothing is remembered from call to call. */
  readonly rests?: Pick<RestDeps, 'db' | 'queue'>
}

export function createEndpointPool({ drivers, vault, clock, rests }: EndpointPoolDeps): EndpointPool {
  const opened = new Map<string, { key: string; driver: VpnDriver }>()
  return {
    open: (endpoint) => {
      const key = endpoint.secrets + JSON.stringify(endpoint.settings)
      const known = opened.get(endpoint.id)
      if (known?.key === key) return known.driver
      const kind = drivers.get(endpoint.driver)
      if (!kind) throw new EndpointRefused(`there is no driver called ${endpoint.driver}`, { code: 'settings_invalid' })
      const secrets = vault.open<Record<string, string>>(endpoint.secrets, `endpoints.secrets:${endpoint.id}`)
      // Checked when they were saved; what only newcomers are refused must not keep a cut from going through.
      const config = { settings: endpoint.settings, secrets }
      const guarded = refuseWhileSilent(kind.open(config, { clock }), clock)
      const driver = rests ? restAfterRefusal(guarded, createEndpointRest({ ...rests, clock }, endpoint)) : guarded
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
