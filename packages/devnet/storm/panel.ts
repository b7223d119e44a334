import type { EndpointConfig } from '@vpn-kiosk/domain'
import { openPanelAdmin, realityWish } from '@vpn-kiosk/vpn/prove-xui'
import getPort from 'get-port'
import type { XuiSimulator } from '../src/panels/xui/start-xui-simulator.ts'
import type { PanelDoor } from './compare-books.ts'
import type { LiveShop } from './live-shop.ts'
import type { Outsider } from './start-outsiders.ts'

export interface Panel extends Outsider {
  readonly url: string
  readonly username: string
  readonly password: string
  /** What is sold there; empty = an inbound is made first. */
  readonly inboundIds?: readonly number[]
}

/** The simulated panel as something that can be killed: every connection is cut, and nobody answers. */
export const openSimulatedPanel = (panel: XuiSimulator): Panel => ({
  name: 'panel',
  url: panel.url,
  username: panel.username,
  password: panel.password,
  inboundIds: panel.inboundIds,
  kill: async () => panel.setDown(true),
  start: async () => panel.setDown(false),
  close: async () => undefined,
})

/** Adds the panel to the shop as an operator does, and says how to look into it. */
export async function addPanel(live: LiveShop, panel: Panel, target = '127.0.0.1:9443'): Promise<PanelDoor> {
  const settings = { url: panel.url, username: panel.username, allowPrivateHost: true }
  const secrets = { password: panel.password }
  const inboundIds = panel.inboundIds ?? [await makeInbound({ settings, secrets }, target)]
  await live.npm(
    'add-server',
    [
      'xui',
      ...['--url', panel.url, '--username', panel.username, '--inbounds', inboundIds.join(',')],
      ...[
        '--name',
        'ams-1',
        '--country',
        'NL',
        '--city',
        'Amsterdam',
        '--capacity',
        '100000',
        '--public-host',
        'ams-1.example.com',
      ],
      '--password-stdin',
    ],
    panel.password,
  )
  return { settings, secrets, inboundIds }
}

async function makeInbound(door: EndpointConfig, target: string): Promise<number> {
  const admin = await openPanelAdmin(door)
  const keys = await admin.newRealityKeys()
  return admin.addInbound(realityWish({ port: await getPort(), target, serverName: 'target.test', keys }))
}
