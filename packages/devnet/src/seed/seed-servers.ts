import type { App } from '@vpn-kiosk/app'
import { cast } from '../cast.ts'
import type { Simulators } from '../simulators.ts'

/** The two servers of the demo: VLESS on the simulated panel, WireGuard on the simulated host. */
export async function seedServers({ shop }: App, { panel, wireguard }: Simulators): Promise<void> {
  const actor = BigInt(cast.people.owner.id)
  const added = [
    await shop.addServer(actor, {
      name: 'ams-1',
      country: 'NL',
      city: 'Amsterdam',
      cityTitles: { ru: 'Амстердам', en: 'Amsterdam' },
      host: 'ams-1.example.com',
      capacity: 2000,
      driver: 'xui',
      settings: {
        url: panel.url,
        username: panel.username,
        inboundIds: panel.inboundIds,
        publicHost: 'ams-1.example.com',
      },
      secrets: { password: panel.password },
    }),
    await shop.addServer(actor, {
      name: 'fra-1',
      country: 'DE',
      city: 'Frankfurt',
      cityTitles: { ru: 'Франкфурт', en: 'Frankfurt' },
      host: wireguard.host,
      capacity: 500,
      driver: 'wireguard',
      settings: { ...wireguard.config.settings },
      secrets: { ...wireguard.config.secrets },
    }),
  ]
  for (const result of added)
    if (result.kind !== 'added') throw new Error(`a server of the demo was refused: ${JSON.stringify(result)}`)
}
