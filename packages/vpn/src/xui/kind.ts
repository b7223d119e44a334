import { randomUUID } from 'node:crypto'
import { type DriverKind, EndpointRefused, randomText } from '@vpn-kiosk/domain'
import { isDialable } from '../dialable-host.ts'
import { discoverXui } from './discover.ts'
import { openXuiDriver } from './driver.ts'
import { createKeyedLock } from './keyed-lock.ts'
import { readXuiConfig } from './settings.ts'

/** 3X-UI panels, 2.4 and later: VLESS, one account a subscription on any number of inbounds. */
export function createXuiKind(): DriverKind {
  // Shared by every driver that this process opens, since two of them may be open on one panel.
  const lanes = createKeyedLock()
  return {
    id: 'xui',
    protocols: ['vless'],
    accountPer: 'subscription',
    // They lie in the panel's database, and come back with an old copy of it.
    keepsCounters: true,
    parse(config) {
      const { settings, secrets } = readXuiConfig(config)
      if (settings.inboundIds.length === 0) {
        throw new EndpointRefused('3X-UI settings are wrong: inboundIds', {
          code: 'settings_invalid',
          field: 'inboundIds',
        })
      }
      const { publicHost, allowPrivateHost } = settings
      if (publicHost !== undefined && allowPrivateHost !== true && !isDialable(publicHost)) {
        throw new EndpointRefused('3X-UI settings are wrong: publicHost cannot be dialed by customers', {
          code: 'settings_invalid',
          field: 'publicHost',
        })
      }
      return { settings: withoutUndefined(settings), secrets: withoutUndefined(secrets) }
    },
    identify: (config) => {
      const { host, pathname } = new URL(readXuiConfig(config).settings.url)
      return `${host}${pathname}`
    },
    addressPool: () => null,
    mintSecrets: () => ({ uuid: randomUUID(), subId: randomText(16) }),
    discover: (config) => discoverXui(readXuiConfig(config)),
    open: (config, { clock }) => openXuiDriver(readXuiConfig(config), { clock, lanes }),
  }
}

function withoutUndefined<V>(record: Readonly<Record<string, V | undefined>>): Record<string, V> {
  const known: Record<string, V> = {}
  for (const [name, value] of Object.entries(record)) if (value !== undefined) known[name] = value
  return known
}
