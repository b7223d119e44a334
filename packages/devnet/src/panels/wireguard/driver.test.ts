import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { driverKinds } from '@vpn-kiosk/vpn'
import { vpnDriverContract } from '@vpn-kiosk/vpn/contract'
import { describe, expect, test } from 'vitest'
import { createSshKey } from './server.ts'
import { createWireguardIdentity, startWireguardSimulator } from './start-wireguard-simulator.ts'

const kind = driverKinds.get('wireguard')
if (kind === undefined) throw new Error('no WireGuard driver is registered')

vpnDriverContract('WireGuard, simulated', {
  kind,
  async start() {
    const clock = createSimulatedClock(new Date('2027-01-01T00:00:00Z'), { frozen: true })
    const simulator = await startWireguardSimulator({ clock })
    const { config, peers, addTraffic } = simulator
    const of = (account: string) => peers().filter((peer) => peer.account === account)
    return {
      config,
      clock,
      wrongCredentials: { ...config, secrets: { privateKey: createSshKey() } },
      canConnect: ({ account, secrets, address }) =>
        of(account).some(
          (peer) =>
            peer.publicKey === secrets.publicKey &&
            peer.presharedKey === secrets.presharedKey &&
            peer.address === address,
        ),
      countEntries: (account) => of(account).length,
      addTraffic,
      snapshotForeign: () =>
        peers()
          .filter((peer) => peer.account === null)
          .map((peer) => `${peer.publicKey} ${peer.address}`)
          .join('\n'),
      faults: {
        goDown: async () => {
          simulator.setDown(true)
          return () => simulator.setDown(false)
        },
        loseNextAnswer: simulator.loseNextAnswer,
      },
      close: simulator.close,
    }
  },
})

describe('a simulated WireGuard server', () => {
  const clock = createSimulatedClock(new Date('2027-01-01T00:00:00Z'), { frozen: true })

  test('is found by the same two looks as a real one', async () => {
    const simulator = await startWireguardSimulator({ clock })
    const { host, port } = simulator
    const first = await kind.discover({ settings: { host, port }, secrets: {} })
    const reach = { host, port, ...first.found }
    const second = await kind.discover({ settings: reach, secrets: simulator.config.secrets })
    expect(
      kind.parse({ ...simulator.config, settings: { ...reach, ...second.found, allowPrivateHost: true } }),
    ).toEqual(kind.parse(simulator.config))
    await simulator.close()
  })

  test('offers the interfaces that run when another is asked for', async () => {
    const simulator = await startWireguardSimulator({ clock })
    const settings = { ...simulator.config.settings, interface: 'wg7' }
    const discovery = await kind.discover({ ...simulator.config, settings })
    expect(discovery.choices).toEqual([{ setting: 'interface', value: 'wg0', label: 'wg0' }])
    await simulator.close()
  })

  test('keeps its identity over a restart', async () => {
    const identity = createWireguardIdentity()
    const before = await startWireguardSimulator({ clock, identity })
    await before.close()
    const after = await startWireguardSimulator({ clock, identity, port: before.port })
    const driver = kind.open(before.config, { clock })
    expect(await driver.probe()).toMatchObject({ kind: 'up', online: 0 })
    await driver.close()
    await after.close()
  })

  test('counts who had a handshake in the last three minutes as online', async () => {
    const own = createSimulatedClock(new Date('2027-01-01T00:00:00Z'), { frozen: true })
    const simulator = await startWireguardSimulator({ clock: own })
    const driver = kind.open(simulator.config, { clock: own })
    const account = 'vk-online01'
    const wish = { enabled: true, expiresAt: null, trafficLimitBytes: null, deviceLimit: null, label: '' }
    await driver.ensureAccount({ account, secrets: kind.mintSecrets(), address: '10.8.0.9', ...wish })
    simulator.addTraffic(account, 1, 2)
    expect(await driver.probe()).toMatchObject({ online: 1 })
    own.advance(180_000)
    expect(await driver.probe()).toMatchObject({ online: 0 })
    await driver.close()
    await simulator.close()
  })
})
