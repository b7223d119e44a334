import {
  type AccountSpec,
  type AccountUsage,
  type EndpointConfig,
  EndpointRefused,
  EndpointUnreachable,
  type VpnDriver,
} from '@vpn-kiosk/domain'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { vpnDriverContract } from '../src/contract.ts'
import { wireguardConf } from '../src/documents/wireguard-conf.ts'
import { createWireguardKind } from '../src/wireguard/kind.ts'
import { readSettings } from '../src/wireguard/settings.ts'
import { until } from './lab/machine.ts'
import { buildLab, foreignAddress, foreignKey, type WireguardLab, whyNoLab } from './lab/wireguard-lab.ts'

const wireguard = createWireguardKind()

const reason = whyNoLab()
const skipped = reason ? ` (skipped: ${reason})` : ''

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** Looks at the lab as an admin would who adds it as a server. */
async function adopt(lab: WireguardLab): Promise<EndpointConfig> {
  const reach = { host: lab.host, port: lab.sshPort, interface: lab.interface, configPath: lab.configPath }
  const secrets = { privateKey: lab.ssh.privateKey('login') }
  const settings = { ...reach, hostKey: lab.ssh.fingerprint('host') }
  const { found } = await wireguard.discover({ settings, secrets })
  return wireguard.parse({
    settings: { ...reach, ...found, endpointHost: lab.endpoint, allowPrivateHost: true },
    secrets,
  })
}

async function canConnect(lab: WireguardLab, config: EndpointConfig, spec: AccountSpec): Promise<boolean> {
  const { privateKey = '', presharedKey = '' } = spec.secrets
  await lab.customer.connect(
    wireguardConf({ ...readSettings(config), privateKey, presharedKey, address: spec.address ?? '' }),
  )
  try {
    return (await lab.customer.fetch(10, 2_000)) !== null
  } finally {
    await lab.customer.disconnect()
  }
}

describe.skipIf(reason !== null)(`the driver's contract on a real WireGuard server${skipped}`, () => {
  vpnDriverContract('WireGuard, real', {
    kind: wireguard,
    async start() {
      const lab = await buildLab()
      const config = await adopt(lab)
      return {
        config,
        clock: { now: () => new Date() },
        wrongCredentials: { ...config, secrets: { privateKey: lab.ssh.privateKey('stranger') } },
        canConnect: (spec) => canConnect(lab, config, spec),
        countEntries: (account) => lab.readFile().split(`# ${account}\n`).length - 1,
        snapshotForeign: () => `${lab.foreignText()}${lab.livePeers().filter((peer) => peer.includes(foreignKey))}`,
        faults: {
          goDown: async () => {
            await lab.ssh.close()
            return () => lab.ssh.start()
          },
        },
        close: lab.demolish,
      }
    },
  })
})

describe.skipIf(reason !== null)(`a real WireGuard server over a real sshd${skipped}`, () => {
  let lab: WireguardLab
  let config: EndpointConfig
  let now = new Date('2027-01-01T00:00:00Z')
  const clock = { now: () => now }
  const opened: VpnDriver[] = []

  const open = (changed: Record<string, unknown> = {}): VpnDriver => {
    const driver = wireguard.open({ ...config, settings: { ...config.settings, ...changed } }, { clock })
    opened.push(driver)
    return driver
  }
  let serial = 0
  const device = (more: Partial<AccountSpec> = {}): AccountSpec => {
    serial++
    return {
      account: `vk-real${String(serial).padStart(4, '0')}`,
      secrets: wireguard.mintSecrets(),
      address: `10.8.1.${serial}`,
      enabled: true,
      expiresAt: null,
      trafficLimitBytes: null,
      deviceLimit: null,
      label: 'Amsterdam',
      ...more,
    }
  }
  const confOf = async (driver: VpnDriver, spec: AccountSpec): Promise<string> => {
    const [document] = (await driver.ensureAccount(spec)).documents
    if (document?.kind !== 'file') throw new Error('no file was issued')
    return document.body
  }
  const usageOf = async (driver: VpnDriver, spec: AccountSpec): Promise<AccountUsage | undefined> =>
    (await collect(driver.readUsage())).find((usage) => usage.account === spec.account)
  const livePeer = (spec: AccountSpec): string => `${spec.secrets.publicKey}\t${spec.address}/32`

  beforeAll(async () => {
    lab = await buildLab()
    config = await adopt(lab)
  })
  afterEach(async () => {
    for (const driver of opened.splice(0)) await driver.close()
  })
  afterAll(() => lab?.demolish())

  test('the first look reads the host key, and hangs up before any login', async () => {
    const { found } = await wireguard.discover({
      settings: { host: lab.host, port: lab.sshPort },
      secrets: { privateKey: lab.ssh.privateKey('login') },
    })
    expect(found).toEqual({ hostKey: lab.ssh.fingerprint('host') })
    const visit = () => {
      const port = [...lab.ssh.log().matchAll(/^Connection from \S+ port (\d+)/gm)].at(-1)?.[1]
      return lab.ssh
        .log()
        .split('\n')
        .filter((line) => line.includes(` port ${port}`))
        .slice(1)
    }
    await until('sshd saw us leave', () => visit().length > 0)
    expect(visit().join('\n')).toMatch(/closed|reset|disconnect/i)
    expect(visit().join('\n')).not.toMatch(/Accepted|Failed|user/)
  })

  test('the second look finds the key, port and subnet that a customer needs', async () => {
    const { found, facts } = await wireguard.discover(config)
    expect(found).toMatchObject({
      serverPublicKey: lab.publicKey(),
      endpointPort: 51820,
      subnet: '10.8.0.0/16',
      serverAddress: '10.8.0.1',
    })
    expect(facts).toMatchObject({ peers: '1' })
  })

  test("the customer's own file opens the tunnel, its bytes are counted, disabling cuts it and enabling restores it", async () => {
    const driver = open()
    const spec = device()
    await lab.customer.connect(await confOf(driver, spec))
    try {
      expect(await lab.customer.fetch(100_000)).toMatch(/^100000 x{200000}$/)
      const usage = await usageOf(driver, spec)
      expect(Number(usage?.uploadBytes)).toBeGreaterThan(100_000)
      expect(Number(usage?.uploadBytes)).toBeLessThan(180_000)
      expect(Number(usage?.downloadBytes)).toBeGreaterThan(200_000)
      expect(Math.abs(Date.now() - Number(usage?.lastSeenAt))).toBeLessThan(180_000)
      expect(await driver.probe()).toMatchObject({ kind: 'up', online: 1 })

      await driver.ensureAccount({ ...spec, enabled: false })
      expect(await lab.customer.fetch(10, 1_000)).toBeNull()
      expect(await usageOf(driver, spec)).toBeUndefined()

      await driver.ensureAccount(spec)
      await lab.customer.disconnect()
      await lab.customer.connect(await confOf(driver, spec))
      expect(await lab.customer.fetch(10)).toMatch(/^10 /)
    } finally {
      await lab.customer.disconnect()
    }
  })

  test('an open tunnel is cut when the time has run out, and when the account is removed', async () => {
    const driver = open()
    const expiresAt = new Date(now.getTime() + 3_600_000)
    const spec = device({ expiresAt })
    await lab.customer.connect(await confOf(driver, spec))
    try {
      expect(await lab.customer.fetch(10)).toMatch(/^10 /)
      now = expiresAt
      await driver.ensureAccount(spec)
      expect(await lab.customer.fetch(10, 1_000)).toBeNull()
      expect(lab.livePeers()).not.toContain(livePeer(spec))

      await driver.ensureAccount({ ...spec, expiresAt: null })
      await lab.customer.disconnect()
      await lab.customer.connect(await confOf(driver, { ...spec, expiresAt: null }))
      expect(await lab.customer.fetch(10)).toMatch(/^10 /)
      await driver.removeAccount(spec.account)
      expect(await lab.customer.fetch(10, 1_000)).toBeNull()
      await driver.removeAccount(spec.account)
    } finally {
      await lab.customer.disconnect()
    }
  })

  test('a restart of the interface from its file brings every peer back, and the tunnel works again', async () => {
    const driver = open()
    const kept = device()
    const removed = device()
    const conf = await confOf(driver, kept)
    await driver.ensureAccount(removed)
    await driver.removeAccount(removed.account)
    const before = lab.livePeers()
    await lab.tunnel.down()
    await lab.tunnel.up()
    expect(lab.livePeers()).toEqual(before)
    expect(before).toContain(livePeer(kept))
    expect((await usageOf(driver, kept))?.uploadBytes).toBe(0n)
    await lab.customer.connect(conf)
    try {
      expect(await lab.customer.fetch(10)).toMatch(/^10 /)
    } finally {
      await lab.customer.disconnect()
    }
  })

  test('twenty ensures at once lose none, a repeated one makes no second peer', async () => {
    const [one, other] = [open(), open()]
    const specs = Array.from({ length: 20 }, () => device())
    await Promise.all(specs.flatMap((spec, index) => [(index % 2 ? one : other).ensureAccount(spec)]))
    await Promise.all(specs.slice(0, 5).map((spec) => one.ensureAccount(spec)))
    const mine = lab.livePeers()
    expect(mine).toEqual(expect.arrayContaining(specs.map(livePeer)))
    for (const { account } of specs) expect(lab.readFile().split(`# ${account}\n`)).toHaveLength(2)
    const listed = await collect(one.listAccounts())
    expect(listed).toEqual(
      expect.arrayContaining(specs.map(({ account }) => expect.objectContaining({ account, enabled: true }))),
    )
    await Promise.all(specs.map((spec, index) => (index % 2 ? one : other).removeAccount(spec.account)))
    expect(lab.livePeers()).toHaveLength(mine.length - 20)
    expect(lab.readFile()).not.toContain(specs[7]?.account)
  })

  test('a reissued key replaces the old one', async () => {
    const driver = open()
    const spec = device()
    await driver.ensureAccount(spec)
    const renewed = { ...spec, secrets: wireguard.mintSecrets() }
    await driver.ensureAccount(renewed)
    expect(lab.livePeers()).toContain(livePeer(renewed))
    expect(lab.livePeers()).not.toContain(livePeer(spec))
    expect(lab.readFile()).not.toContain(spec.secrets.publicKey)
  })

  test("a peer that is somebody else's keeps its address, its key and its comments", async () => {
    const driver = open()
    await expect(driver.ensureAccount(device({ address: foreignAddress }))).rejects.toThrow(
      /10\.8\.200\.2 belongs to a peer that is not ours/,
    )
    await expect(driver.ensureAccount(device({ address: foreignAddress }))).rejects.toThrow(EndpointRefused)
    expect(lab.livePeers()).toContain(`${foreignKey}\t${foreignAddress}/32`)
    expect(lab.readFile()).toContain(`# The office\n[Peer]\n# do not touch\nPublicKey = ${foreignKey}\n`)
    const listed = await collect(driver.listAccounts())
    expect(listed.every(({ account }) => account.startsWith('vk-'))).toBe(true)
  })

  test('another host key is refused before the login is tried', async () => {
    const before = lab.ssh.log().length
    const driver = open({ hostKey: lab.ssh.fingerprint('other') })
    await expect(driver.probe()).rejects.toThrow(EndpointRefused)
    await expect(driver.probe()).rejects.toThrow(/presents the host key SHA256:.*another machine may be answering/)
    expect(lab.ssh.log().slice(before)).not.toMatch(/Accepted|Failed/)
  })

  test('a login that the server does not know is refused', async () => {
    const driver = wireguard.open({ ...config, secrets: { privateKey: lab.ssh.privateKey('stranger') } }, { clock })
    opened.push(driver)
    await expect(driver.probe()).rejects.toThrow(EndpointRefused)
    await expect(driver.probe()).rejects.toThrow(/does not accept this login/)
  })

  test('a server that is away is unreachable, and works again on the same driver when it returns', async () => {
    const driver = open()
    await driver.probe()
    await lab.ssh.close()
    // The session of the pooled connection outlives the listener; a new one finds nobody.
    await expect(open().probe()).rejects.toThrow(EndpointUnreachable)
    await lab.ssh.start()
    expect(await driver.probe()).toMatchObject({ kind: 'up' })
  })

  test('while the interface is down nothing is promised, yet an access can be taken away', async () => {
    const driver = open()
    const spec = device()
    await driver.ensureAccount(spec)
    await lab.tunnel.down()
    try {
      expect(await driver.probe()).toMatchObject({ kind: 'degraded', reason: expect.stringContaining('not running') })
      await expect(driver.ensureAccount(device())).rejects.toThrow(EndpointUnreachable)
      await driver.removeAccount(spec.account)
    } finally {
      await lab.tunnel.up()
    }
    expect(lab.livePeers()).not.toContain(livePeer(spec))
  })

  test('a server whose key has changed is degraded: the files that customers hold are dead', async () => {
    const serverPublicKey = wireguard.mintSecrets().publicKey
    expect(await open({ serverPublicKey }).probe()).toMatchObject({ kind: 'degraded' })
  })
})
