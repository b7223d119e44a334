import {
  type AccountId,
  type AccountSpec,
  type AccountUsage,
  addDays,
  type Clock,
  type DriverKind,
  type EndpointConfig,
  EndpointRefused,
  EndpointUnreachable,
  randomText,
  type VpnDriver,
} from '@vpn-kiosk/domain'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

/** A live endpoint, real or simulated, and what a test must be able to see and do behind the driver's back. */
export interface EndpointWorld {
  readonly config: EndpointConfig
  readonly clock: Clock
  /** The same endpoint with credentials that it does not accept. */
  readonly wrongCredentials: EndpointConfig
  /** Whether a customer who holds the account's secrets gets through now. */
  canConnect(spec: AccountSpec): boolean | Promise<boolean>
  /** How many entries the endpoint holds for the account: 0 or 1, unless something is wrong. */
  countEntries(account: AccountId): number | Promise<number>
  /** Lets exactly so much traffic pass as the customer sees it, in bytes; absent where real traffic cannot be so exact. */
  addTraffic?(account: AccountId, uploadBytes: number, downloadBytes: number): void | Promise<void>
  /** Everything on the endpoint that is not ours, as text; it must stay the same. */
  snapshotForeign(): string | Promise<string>
  /** Faults that this world can produce; the tests of those left out are skipped by name. */
  readonly faults: {
    /** Nothing answers until the returned function is called. */
    readonly goDown?: () => Promise<() => void | Promise<void>>
    /** The next write is carried out, and then the connection breaks. */
    readonly loseNextAnswer?: () => void | Promise<void>
    /** Answers are a proxy's HTML until the returned function is called. */
    readonly answerHtml?: () => () => void
  }
  close(): Promise<void>
}

export interface DriverHarness {
  readonly kind: DriverKind
  start(): Promise<EndpointWorld>
}

/** What every VPN driver promises. Each driver's tests run it against an endpoint that is as real as can be had. */
export function vpnDriverContract(name: string, harness: DriverHarness): void {
  describe(`${name} keeps the driver's promises`, () => {
    let world: EndpointWorld
    const opened: VpnDriver[] = []
    const addresses = new Map<AccountId, string | null>()

    const open = (config = world.config): VpnDriver => {
      const driver = harness.kind.open(harness.kind.parse(config), { clock: world.clock })
      opened.push(driver)
      return driver
    }
    const nextAddress = (): string | null => {
      const pool = harness.kind.addressPool(world.config)
      if (pool === null) return null
      for (const address of pool) if (![...addresses.values()].includes(address)) return address
      throw new Error('the address pool is used up')
    }
    const newSpec = (wish: Partial<AccountSpec> = {}): AccountSpec => {
      const account: AccountId = `vk-${randomText(12)}`
      const address = nextAddress()
      addresses.set(account, address)
      return {
        account,
        secrets: harness.kind.mintSecrets(),
        address,
        enabled: true,
        expiresAt: addDays(world.clock.now(), 30),
        trafficLimitBytes: 50n * 1024n ** 3n,
        deviceLimit: 3,
        label: '🇳🇱 Amsterdam',
        ...wish,
      }
    }
    const stateOf = async (driver: VpnDriver, account: AccountId) =>
      (await collect(driver.listAccounts())).find((state) => state.account === account) ?? null
    const usageOf = async (driver: VpnDriver, account: AccountId): Promise<AccountUsage | null> =>
      (await collect(driver.readUsage())).find((usage) => usage.account === account) ?? null

    beforeAll(async () => {
      world = await harness.start()
    })
    afterEach(async () => {
      for (const driver of opened.splice(0)) await driver.close()
    })
    afterAll(async () => {
      await world.close()
    })

    test('gives a new account a document, and lets it in', async () => {
      const driver = open()
      const spec = newSpec()
      const { documents } = await driver.ensureAccount(spec)
      expect(documents.length).toBeGreaterThan(0)
      expect(await world.canConnect(spec)).toBe(true)
      expect(await stateOf(driver, spec.account)).toMatchObject({ account: spec.account, enabled: true })
    })

    test('makes one account of the same wish stated twice, with the same documents', async () => {
      const driver = open()
      const spec = newSpec()
      const first = await driver.ensureAccount(spec)
      expect(await driver.ensureAccount(spec)).toEqual(first)
      expect(await world.countEntries(spec.account)).toBe(1)
    })

    test('loses none of many accounts ensured at once through two open drivers', async () => {
      const drivers = [open(), open()]
      const specs = Array.from({ length: 8 }, () => newSpec())
      await Promise.all(specs.map((spec, index) => drivers[index % 2]!.ensureAccount(spec)))
      for (const spec of specs) {
        expect(await world.countEntries(spec.account)).toBe(1)
        expect(await world.canConnect(spec)).toBe(true)
      }
    })

    test('cuts a disabled account off, and lets it in again when it is enabled', async () => {
      const driver = open()
      const spec = newSpec()
      await driver.ensureAccount(spec)
      await driver.ensureAccount({ ...spec, enabled: false })
      expect(await world.canConnect(spec)).toBe(false)
      expect((await stateOf(driver, spec.account))?.enabled).not.toBe(true)
      await driver.ensureAccount(spec)
      expect(await world.canConnect(spec)).toBe(true)
      expect(await stateOf(driver, spec.account)).toMatchObject({ account: spec.account, enabled: true })
    })

    test('follows new secrets: the old ones stop working', async () => {
      const driver = open()
      const spec = newSpec()
      await driver.ensureAccount(spec)
      const reissued = { ...spec, secrets: harness.kind.mintSecrets() }
      await driver.ensureAccount(reissued)
      expect(await world.canConnect(spec)).toBe(false)
      expect(await world.canConnect(reissued)).toBe(true)
      expect(await world.countEntries(spec.account)).toBe(1)
    })

    test('removes an account, and takes an absent one for removed', async () => {
      const driver = open()
      const spec = newSpec()
      await driver.ensureAccount(spec)
      await driver.removeAccount(spec.account)
      expect(await world.canConnect(spec)).toBe(false)
      expect(await stateOf(driver, spec.account)).toBeNull()
      await driver.removeAccount(spec.account)
      await driver.removeAccount(newSpec().account)
    })

    test('makes a removed account again', async () => {
      const driver = open()
      const spec = newSpec()
      await driver.ensureAccount(spec)
      await driver.removeAccount(spec.account)
      await driver.ensureAccount(spec)
      expect(await world.canConnect(spec)).toBe(true)
      expect(await world.countEntries(spec.account)).toBe(1)
    })

    test('reads everybody’s usage in whole bytes, upload and download from the customer’s side', async (test) => {
      if (world.addTraffic === undefined) return test.skip()
      const driver = open()
      const [quiet, busy] = [newSpec(), newSpec()]
      await driver.ensureAccount(quiet)
      await driver.ensureAccount(busy)
      await world.addTraffic(busy.account, 1_500, 7_000_000_001)
      expect(await usageOf(driver, busy.account)).toMatchObject({ uploadBytes: 1_500n, downloadBytes: 7_000_000_001n })
      const untouched = await usageOf(driver, quiet.account)
      expect((untouched?.uploadBytes ?? 0n) + (untouched?.downloadBytes ?? 0n)).toBe(0n)
    })

    test('keeps the counters when the account changes', async (test) => {
      if (world.addTraffic === undefined) return test.skip()
      const driver = open()
      const spec = newSpec()
      await driver.ensureAccount(spec)
      await world.addTraffic(spec.account, 10, 20)
      await driver.ensureAccount({
        ...spec,
        expiresAt: addDays(world.clock.now(), 60),
        trafficLimitBytes: 100n * 1024n ** 3n,
      })
      expect(await usageOf(driver, spec.account)).toMatchObject({ uploadBytes: 10n, downloadBytes: 20n })
    })

    test('neither lists nor touches accounts without our tag', async () => {
      const before = await world.snapshotForeign()
      const driver = open()
      const spec = newSpec()
      await driver.ensureAccount(spec)
      await driver.ensureAccount({ ...spec, enabled: false })
      await driver.removeAccount(spec.account)
      expect(await world.snapshotForeign()).toBe(before)
      const listed = await collect(driver.listAccounts())
      const counted = await collect(driver.readUsage())
      for (const { account } of [...listed, ...counted]) expect(account).toMatch(/^vk-[0-9a-z]{4,40}$/)
    })

    test('says how the endpoint is', async () => {
      const health = await open().probe()
      expect(health).toMatchObject({ kind: 'up', version: expect.stringMatching(/\d/) })
    })

    test('describes the endpoint before it is saved', async () => {
      const { facts } = await harness.kind.discover(world.config)
      expect(Object.keys(facts).length).toBeGreaterThan(0)
    })

    test('is refused with wrong credentials', async () => {
      await expect(open(world.wrongCredentials).probe()).rejects.toBeInstanceOf(EndpointRefused)
      await expect(open(world.wrongCredentials).ensureAccount(newSpec())).rejects.toBeInstanceOf(EndpointRefused)
      await expect(harness.kind.discover(world.wrongCredentials)).rejects.toBeInstanceOf(EndpointRefused)
    })

    test('makes one account of a wish whose first answer was lost', async (test) => {
      if (world.faults.loseNextAnswer === undefined) return test.skip()
      const driver = open()
      const spec = newSpec()
      await world.faults.loseNextAnswer()
      await expect(driver.ensureAccount(spec)).rejects.toBeInstanceOf(EndpointUnreachable)
      await driver.ensureAccount(spec)
      expect(await world.countEntries(spec.account)).toBe(1)
      expect(await world.canConnect(spec)).toBe(true)
    })

    test('reports a dead endpoint as unreachable, and works again when it returns', async (test) => {
      if (world.faults.goDown === undefined) return test.skip()
      const driver = open()
      const spec = newSpec()
      const comeBack = await world.faults.goDown()
      await expect(driver.ensureAccount(spec)).rejects.toBeInstanceOf(EndpointUnreachable)
      await expect(driver.removeAccount(spec.account)).rejects.toBeInstanceOf(EndpointUnreachable)
      await expect(driver.probe()).rejects.toBeInstanceOf(EndpointUnreachable)
      await comeBack()
      await driver.ensureAccount(spec)
      expect(await world.canConnect(spec)).toBe(true)
    })

    test('takes a proxy’s page of HTML for no answer', async (test) => {
      if (world.faults.answerHtml === undefined) return test.skip()
      const driver = open()
      const stop = world.faults.answerHtml()
      await expect(driver.ensureAccount(newSpec())).rejects.toBeInstanceOf(EndpointUnreachable)
      await expect(driver.probe()).rejects.toBeInstanceOf(EndpointUnreachable)
      stop()
      await driver.probe()
    })
  })
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
