import { dayMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

async function buy(name = 'Anna', plan = 'month') {
  const customer = await world.addCustomer(name)
  const { paymentId, reference } = await world.openInvoice(customer, plan)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return customer
}

const notificationKinds = async () =>
  (
    await world.fixture.database
      .em()
      .execute<{ kind: string }[]>(
        `select content->>'kind' as kind from notifications where state <> 'held' order by created_at`,
      )
  ).map((row) => row.kind)

describe('granting access', () => {
  test('a panel that was down for an hour gives exactly one account, and the customer was told of the delay', async () => {
    await world.addServer()
    world.vless.setDown(true)
    await buy()
    await world.processAll()
    world.clock.advance(6 * minuteMs)
    await world.shop.sweepAccesses()
    expect(await notificationKinds()).toEqual(['preparing'])
    world.clock.advance(54 * minuteMs)
    await world.shop.sweepAccesses()
    world.vless.setDown(false)
    await world.processAll()
    expect(world.vless.created).toHaveLength(1)
    expect((await notificationKinds()).sort()).toEqual(['key_ready', 'preparing'])
  })

  test('an answer that is lost after the account was made leads to the same account', async () => {
    await world.addServer()
    world.vless.loseNextAnswer()
    await buy()
    await world.processAll()
    expect(world.vless.created).toHaveLength(1)
  })

  test('ten workers at once make one account', async () => {
    await world.addServer()
    await buy()
    const [row] = await world.fixture.database.em().execute<{ id: `acc_${string}` }[]>('select id from accesses')
    const results = await Promise.all(Array.from({ length: 10 }, () => world.shop.provisionAccess(row!.id)))
    expect(results.filter((result) => result.kind === 'applied')).toHaveLength(1)
    expect(world.vless.created).toHaveLength(1)
  })

  test('a customer who paid while there was no server gets the key when one is added', async () => {
    const anna = await buy()
    expect((await world.shop.getSubscription(anna.id))?.isPreparing).toBe(true)
    await world.addServer()
    await world.shop.sweepAccesses()
    await world.processAll()
    expect((await world.shop.getKey(anna.id))?.waysIn).toHaveLength(1)
    expect(await notificationKinds()).toEqual(['key_ready'])
  })

  test('a full server takes nobody new', async () => {
    await world.addServer(world.vless, 1)
    await buy('Anna')
    await buy('Boris')
    await world.processAll()
    expect(world.vless.created).toHaveLength(1)
  })

  test('what runs out is cut off, and renewing opens the same account again', async () => {
    await world.addServer()
    const anna = await buy()
    await world.processAll()
    world.clock.advance(30 * dayMs + 1)
    expect(await world.shop.expireSubscriptions()).toBe(1)
    expect(await world.shop.expireSubscriptions()).toBe(0)
    await world.processAll()
    expect([...world.vless.accounts.values()].map((account) => account.enabled)).toEqual([false])
    expect((await world.shop.getKey(anna.id))?.waysIn).toEqual([])

    const { paymentId, reference } = await world.openInvoice(anna)
    world.provider.pay(reference)
    await world.shop.settlePayment(paymentId)
    await world.processAll()
    expect([...world.vless.accounts.values()].map((account) => account.enabled)).toEqual([true])
    expect(world.vless.created).toHaveLength(1)
  })

  test('an endpoint that was down at the end is corrected when it returns', async () => {
    await world.addServer()
    await buy()
    await world.processAll()
    world.vless.setDown(true)
    world.clock.advance(30 * dayMs + 1)
    await world.shop.expireSubscriptions()
    await world.processAll()
    world.vless.setDown(false)
    await world.processAll()
    expect([...world.vless.accounts.values()].map((account) => account.enabled)).toEqual([false])
  })

  test('reminders come once each, and not the longer ones when the nearer is due', async () => {
    await world.addServer()
    await buy()
    await world.processAll()
    world.clock.advance(27 * dayMs + hourMs)
    await Promise.all([world.shop.remindExpiry(), world.shop.remindExpiry()])
    world.clock.advance(2 * dayMs)
    await world.shop.remindExpiry()
    world.clock.advance(20 * hourMs)
    await world.shop.remindExpiry()
    await world.shop.remindExpiry()
    expect(await notificationKinds()).toEqual(['key_ready', 'expiring', 'expiring', 'expiring'])
  })
})

describe('an endpoint that drifted', () => {
  test('gets back what it lost and is closed where it was opened by hand; a dry run only tells', async () => {
    await world.addServer()
    await buy('Anna')
    await buy('Boris')
    await world.processAll()
    const [anna, boris] = [...world.vless.accounts.keys()]
    world.clock.advance(minuteMs)
    world.vless.accounts.delete(anna!)
    expect((await world.shop.reconcileEndpoints(true)).map((difference) => difference.kind)).toEqual(['missing'])
    expect(world.vless.accounts.has(anna!)).toBe(false)
    await world.shop.reconcileEndpoints()
    await world.processAll()
    expect(world.vless.accounts.get(anna!)?.enabled).toBe(true)

    world.clock.advance(31 * dayMs)
    await world.shop.expireSubscriptions()
    await world.processAll()
    world.vless.accounts.set(boris!, { ...world.vless.accounts.get(boris!)!, enabled: true })
    world.clock.advance(minuteMs)
    expect((await world.shop.reconcileEndpoints()).map((difference) => difference.kind)).toEqual(['open'])
    await world.processAll()
    expect(world.vless.accounts.get(boris!)?.enabled).toBe(false)
    expect(await world.shop.reconcileEndpoints()).toEqual([])
  })

  test('keeps accounts that are not ours, with our tag or without', async () => {
    await world.addServer()
    await buy()
    await world.processAll()
    const [spec] = [...world.vless.accounts.values()]
    world.vless.accounts.set('vk-anothershop', { ...spec!, account: 'vk-anothershop' })
    world.clock.advance(minuteMs)
    expect(await world.shop.reconcileEndpoints()).toEqual([])
    expect(world.vless.accounts.has('vk-anothershop')).toBe(true)
  })
})

describe('the trial', () => {
  test('is one a customer, also on a double tap', async () => {
    await world.addServer()
    const anna = await world.addCustomer()
    const results = await Promise.all([1, 2, 3].map(() => world.shop.startTrial(anna.id)))
    expect(results.map((result) => result.kind).sort()).toEqual(['already_used', 'already_used', 'started'])
    await world.processAll()
    expect((await world.shop.getSubscription(anna.id))?.daysLeft).toBe(3)
    await world.shop.remindExpiry()
    expect(await notificationKinds()).toEqual(['key_ready'])
  })

  test('is not taken from the days that are bought on top of it', async () => {
    await world.addServer()
    const anna = await world.addCustomer()
    await world.shop.startTrial(anna.id)
    const { paymentId, reference } = await world.openInvoice(anna)
    world.provider.pay(reference)
    await world.shop.settlePayment(paymentId)
    const summary = await world.shop.getSubscription(anna.id)
    expect(summary).toMatchObject({ daysLeft: 33, isTrial: false, trafficLimitBytes: null })
  })

  test('is refused to who has paid', async () => {
    const anna = await buy()
    expect(await world.shop.startTrial(anna.id)).toEqual({ kind: 'already_customer' })
  })
})

describe('usage', () => {
  const read = (account: string, up: bigint, down: bigint) =>
    world.vless.usage.set(account, {
      account: account as `vk-${string}`,
      uploadBytes: up,
      downloadBytes: down,
      lastSeenAt: null,
    })

  test('adds what is new, also after the endpoint’s counters began again', async () => {
    await world.addServer()
    const anna = await buy()
    await world.processAll()
    const [account] = [...world.vless.accounts.keys()]
    read(account!, 100n, 900n)
    await world.shop.recordUsage()
    await world.shop.recordUsage()
    read(account!, 10n, 40n)
    await world.shop.recordUsage()
    expect((await world.shop.getSubscription(anna.id))?.trafficUsedBytes).toBe(1050n)
  })

  test('adds nothing again when a panel that keeps its counters is restored from an old copy', async () => {
    await world.addServer()
    Object.assign(world.vless, { keepsCounters: true })
    const anna = await buy()
    await world.processAll()
    const [account] = [...world.vless.accounts.keys()]
    const used = async () => (await world.shop.getSubscription(anna.id))?.trafficUsedBytes
    read(account!, 100n, 900n)
    await world.shop.recordUsage()
    read(account!, 90n, 700n)
    await world.shop.recordUsage()
    expect(await used()).toBe(1000n)
    read(account!, 95n, 720n)
    await world.shop.recordUsage()
    expect(await used()).toBe(1025n)
  })

  test('cuts off who has used up the allowance, and says so once', async () => {
    await world.addServer()
    const anna = await world.addCustomer()
    await world.shop.startTrial(anna.id)
    await world.processAll()
    const [account] = [...world.vless.accounts.keys()]
    read(account!, 0n, 10n * 1024n ** 3n)
    await world.shop.recordUsage()
    await world.shop.recordUsage()
    await world.processAll()
    expect((await world.shop.getSubscription(anna.id))?.standing).toBe('traffic_used_up')
    expect([...world.vless.accounts.values()].map((one) => one.enabled)).toEqual([false])
    expect(await notificationKinds()).toEqual(['key_ready', 'traffic_used_up'])
  })
})

describe('devices', () => {
  test('get an address of their own each, up to the limit, and give it back after a rest', async () => {
    const serverId = await world.addServer(world.wireguard)
    const anna = await buy()
    const added = await Promise.all(
      ['Phone', 'Laptop', 'Router', 'TV'].map((name) => world.shop.addDevice({ customerId: anna.id, serverId, name })),
    )
    expect(added.map((one) => one.kind).sort()).toEqual(['added', 'added', 'added', 'limit_reached'])
    await world.processAll()
    const addresses = [...world.wireguard.accounts.values()].map((account) => account.address)
    expect(new Set(addresses).size).toBe(3)

    const [device] = (await world.shop.listDevices(anna.id))!.devices
    expect(await world.shop.revokeDevice({ customerId: anna.id, deviceId: device!.id })).toBe(true)
    await world.processAll()
    expect(world.wireguard.accounts.size).toBe(2)
    const again = await world.shop.addDevice({ customerId: anna.id, serverId, name: 'TV' })
    expect(again.kind).toBe('no_room')
    world.clock.advance(25 * hourMs)
    expect((await world.shop.addDevice({ customerId: anna.id, serverId, name: 'TV' })).kind).toBe('added')
  })

  test('that are revoked lose their account also where somebody has renamed it', async () => {
    const serverId = await world.addServer(world.wireguard)
    const anna = await buy()
    await world.shop.addDevice({ customerId: anna.id, serverId, name: 'Phone' })
    await world.processAll()
    const { accounts } = world.wireguard
    const [[name, held] = []] = accounts
    accounts.delete(name!)
    accounts.set('Ida', held!)
    const [device] = (await world.shop.listDevices(anna.id))!.devices
    await world.shop.revokeDevice({ customerId: anna.id, deviceId: device!.id })
    await world.processAll()
    expect([...accounts.keys()]).toEqual([])
  })

  test('belong to their owner: another customer sees and changes nothing', async () => {
    const serverId = await world.addServer(world.wireguard)
    const anna = await buy('Anna')
    const mallory = await buy('Mallory')
    const added = await world.shop.addDevice({ customerId: anna.id, serverId, name: 'Phone' })
    if (added.kind !== 'added') throw new Error(added.kind)
    const stolen = { customerId: mallory.id, deviceId: added.deviceId }
    expect(await world.shop.getDeviceKey(stolen)).toBeNull()
    expect(await world.shop.renameDevice(stolen, 'Mine')).toBe(false)
    expect(await world.shop.revokeDevice(stolen)).toBe(false)
  })
})

describe('a shop that sells keys to single devices only', () => {
  test('announces at once, and is not "preparing" while there is no device', async () => {
    await world.addServer(world.wireguard)
    const anna = await buy()
    expect(await notificationKinds()).toEqual(['key_ready'])
    expect((await world.shop.getSubscription(anna.id))?.isPreparing).toBe(false)
    expect(await world.shop.getKey(anna.id)).toMatchObject({ standing: 'active', isPreparing: false, waysIn: [] })
  })
})
