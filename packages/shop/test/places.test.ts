import { type Customer, dayMs, hourMs, minuteMs, type ServerId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

/* Places are counted and given back; who paid and has nothing comes before everybody else. */

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const keysOf = async ({ id }: Customer) => (await world.shop.getKey(id))?.waysIn.length ?? 0
/** The smallest server first. */
const placesTaken = async () =>
  (
    await em().execute<{ count: number }[]>(
      'select e.places_taken as count from endpoints e join servers v on v.id = e.server_id order by v.capacity',
    )
  ).map((row) => row.count)

/** What the counters should say, counted from the accesses themselves. */
const recount = async () =>
  (
    await em().execute<{ count: number }[]>(
      `select (select count(*)::int from accesses a where a.endpoint_id = e.id and a.removed_at is null) as count
       from endpoints e join servers v on v.id = e.server_id order by v.capacity`,
    )
  ).map((row) => row.count)

async function buy(name = 'Anna') {
  const customer = await world.addCustomer(name)
  await renew(customer)
  return customer
}

async function renew(customer: Customer) {
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
}

async function tryOut(name: string) {
  const customer = await world.addCustomer(name)
  await world.shop.startTrial(customer.id)
  return customer
}

async function tryOutAll(count: number) {
  const people: Customer[] = []
  for (let index = 0; index < count; index++) people.push(await tryOut(`Trial ${index}`))
  await world.processAll()
  return people
}

describe('a right that has ended', () => {
  test('gives its place to whoever pays, at once and the oldest end first', async () => {
    await world.addServer(world.vless, 3)
    const first = await tryOutAll(1)
    world.clock.advance(hourMs)
    const others = await tryOutAll(2)
    world.clock.advance(4 * dayMs)
    await world.shop.expireSubscriptions()
    const anna = await buy()
    await world.processAll()
    expect(await keysOf(anna)).toBe(1)
    const held = await em().execute<{ id: string }[]>(
      'select s.customer_id as id from accesses a join subscriptions s on s.id = a.subscription_id where a.removed_at is null',
    )
    expect(held.map((row) => row.id).sort()).toEqual([anna.id, ...others.map((other) => other.id)].sort())
    expect(held.map((row) => row.id)).not.toContain(first[0]!.id)
    expect(world.vless.accounts.size).toBe(3)
  })

  test('gives it although nobody has written down yet that it ended', async () => {
    await world.addServer(world.vless, 3)
    await tryOutAll(3)
    world.clock.advance(200 * dayMs)
    const anna = await buy()
    await world.processAll()
    expect(await keysOf(anna)).toBe(1)
    expect(await placesTaken()).toEqual([3])
  })

  test('keeps its account for three days, so that a renewal brings the same key', async () => {
    await world.addServer()
    const anna = await buy()
    await world.processAll()
    const [account] = world.vless.created
    world.clock.advance(32 * dayMs)
    await world.shop.expireSubscriptions()
    await world.shop.sweepAccesses()
    await world.processAll()
    await renew(anna)
    await world.processAll()
    expect(world.vless.created).toEqual([account])
    expect(world.vless.accounts.get(account!)?.enabled).toBe(true)
  })

  test('is forgotten by its endpoint after that, and gets a new account when it is renewed', async () => {
    await world.addServer()
    const anna = await buy()
    await world.processAll()
    world.clock.advance(30 * dayMs + 1)
    await world.shop.expireSubscriptions()
    await world.processAll()
    world.clock.advance(3 * dayMs + 1)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(world.vless.accounts.size).toBe(0)
    expect(await placesTaken()).toEqual([0])
    await renew(anna)
    await world.processAll()
    expect(await keysOf(anna)).toBe(1)
    expect(world.vless.created).toHaveLength(2)
    expect(await placesTaken()).toEqual([1])
  })

  test('of a device gives its address back after a rest; the renewed device gets another key, and its owner a new file', async () => {
    await world.addServer()
    const serverId = await world.addServer(world.wireguard)
    const anna = await buy()
    const added = await world.shop.addDevice({ customerId: anna.id, serverId, name: 'Phone' })
    if (added.kind !== 'added') throw new Error(added.kind)
    await world.processAll()
    const [before] = [...world.wireguard.accounts.keys()]
    world.clock.advance(30 * dayMs + 1)
    await world.shop.expireSubscriptions()
    await world.processAll()
    world.clock.advance(4 * dayMs)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(world.wireguard.accounts.size).toBe(0)
    await renew(anna)
    await world.processAll()
    const [after] = [...world.wireguard.accounts.values()]
    expect(after?.account).not.toBe(before)
    expect(after?.address).toBe('10.8.0.3')
    const devices = (await world.shop.listDevices(anna.id))!.devices
    expect(devices).toMatchObject([{ id: added.deviceId, name: 'Phone', isReady: true }])
    const told = await em().execute(`select 1 from notifications where content->>'kind' = 'device_reissued'`)
    expect(told).toHaveLength(1)
  })

  test('of addresses gives all of them to others after a day', async () => {
    const serverId = await world.addServer(world.wireguard, 3)
    for (const trial of await tryOutAll(3))
      await world.shop.addDevice({ customerId: trial.id, serverId, name: 'Phone' })
    await world.processAll()
    world.clock.advance(7 * dayMs)
    await world.shop.expireSubscriptions()
    await world.processAll()
    await world.shop.sweepAccesses()
    await world.processAll()
    world.clock.advance(25 * hourMs)
    const anna = await buy()
    expect((await world.shop.addDevice({ customerId: anna.id, serverId, name: 'Phone' })).kind).toBe('added')
  })

  test('by a ban gives its place back after two weeks, however long it was paid for', async () => {
    await world.addServer(world.vless, 1)
    const mallory = await buy('Mallory')
    await world.processAll()
    await world.shop.banCustomer(owner, mallory.id)
    const anna = await buy()
    await world.processAll()
    expect(await keysOf(anna)).toBe(0)
    world.clock.advance(15 * dayMs)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(await keysOf(anna)).toBe(1)
  })
})

describe('what was never made', () => {
  test('is not made by an end, a ban or a cut', async () => {
    await world.addServer()
    const asked: boolean[] = []
    const open = world.vless.open.bind(world.vless)
    world.vless.open = (config, context) => {
      const opened = open(config, context)
      return {
        ...opened,
        ensureAccount: (spec) => {
          asked.push(spec.enabled)
          return opened.ensureAccount(spec)
        },
      }
    }
    const anna = await buy('Anna')
    const boris = await tryOut('Boris')
    await world.shop.banCustomer(owner, anna.id)
    world.clock.advance(4 * dayMs)
    await world.shop.expireSubscriptions()
    await world.processAll()
    expect(asked).toEqual([])
    expect(await placesTaken()).toEqual([0])
    expect(await keysOf(boris)).toBe(0)
    await world.addServer()
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(asked).toEqual([])
    await world.shop.unbanCustomer(owner, anna.id)
    await world.processAll()
    expect(await keysOf(anna)).toBe(2)
  })

  test('is not made either where the endpoint was away when it was asked', async () => {
    await world.addServer()
    world.vless.setDown(true)
    const anna = await buy()
    await world.processAll(1)
    await world.shop.banCustomer(owner, anna.id)
    world.vless.setDown(false)
    await world.processAll()
    expect(world.vless.created).toEqual([])
    expect(await placesTaken()).toEqual([0])
  })
})

describe('new room', () => {
  const serverOf = async (capacity: number): Promise<ServerId> => world.addServer(world.vless, capacity)

  test('goes first to those who paid and have nothing, who paid before who tries, the oldest first', async () => {
    await serverOf(2)
    const settled = [await buy('One'), await buy('Two')]
    await world.processAll()
    const trial = await tryOut('Trial')
    world.clock.advance(minuteMs)
    const early = await buy('Early')
    world.clock.advance(minuteMs)
    const late = await buy('Late')
    await serverOf(1)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(await Promise.all([early, late, trial].map(keysOf))).toEqual([1, 0, 0])
    await serverOf(5)
    // Whoever has a key elsewhere renews just then: their turn comes after.
    await renew(settled[0]!)
    await world.shop.sweepAccesses()
    await world.processAll()
    for (const one of [early, late, trial]) expect(await keysOf(one)).toBeGreaterThan(0)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(await placesTaken()).toEqual([1, 2, 5])
  })

  test('is given to those with keys elsewhere once nobody waits, and never beyond the capacity', async () => {
    await serverOf(10)
    for (let count = 0; count < 8; count++) await buy(`Customer ${count}`)
    await world.processAll()
    await serverOf(5)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(await placesTaken()).toEqual([5, 8])
    await em().execute('update servers set capacity = 7 where capacity = 5')
    await world.shop.sweepAccesses()
    expect(await placesTaken()).toEqual([7, 8])
  })

  test('of a server that was away while somebody paid is given to them when it returns', async () => {
    await serverOf(10)
    await em().execute(`update servers set state = 'draining'`)
    await serverOf(20)
    const anna = await buy()
    await world.processAll()
    await world.shop.sweepAccesses()
    expect(await placesTaken()).toEqual([0, 1])
    await em().execute(`update servers set state = 'active'`)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(await keysOf(anna)).toBe(2)
  })
})

describe('many at once', () => {
  test('fifty buyers for three places among ended ones: three get a key, nobody too many', {
    timeout: 90_000,
  }, async () => {
    await world.addServer(world.vless, 3)
    await tryOutAll(3)
    world.clock.advance(10 * dayMs)
    await world.shop.expireSubscriptions()
    await world.processAll()
    const invoices = []
    for (let count = 0; count < 50; count++) {
      const customer = await world.addCustomer(`Buyer ${count}`)
      invoices.push({ customer, ...(await world.openInvoice(customer)) })
    }
    for (const { reference } of invoices) world.provider.pay(reference)
    const results = await Promise.all(invoices.map(({ paymentId }) => world.shop.settlePayment(paymentId)))
    expect(results.every(({ kind }) => kind === 'settled')).toBe(true)
    expect(await placesTaken()).toEqual([3])
    await world.processAll()
    const keys = await Promise.all(invoices.map(({ customer }) => keysOf(customer)))
    expect(keys.filter((count) => count > 0)).toHaveLength(3)
    expect([...world.vless.accounts.values()].filter((account) => account.enabled)).toHaveLength(3)
    const [waiting] = await em().execute<{ count: number }[]>(
      'select count(*)::int as count from pending_deliveries where awaits_room',
    )
    expect(waiting?.count).toBe(47)
    await world.addServer(world.vless, 60)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect((await Promise.all(invoices.map(({ customer }) => keysOf(customer)))).every((count) => count > 0)).toBe(true)
  })

  test('the counters are what a recount says after whatever happens', async () => {
    const serverId = await world.addServer(world.wireguard, 3)
    await world.addServer(world.vless, 6)
    await world.addServer(world.vless, 4)
    const people: Customer[] = []
    for (let count = 0; count < 12; count++) people.push(await world.addCustomer(`Person ${count}`))
    const isBanned = async ({ id }: Customer) =>
      (await em().execute('select 1 from customers where id = ? and banned_at is not null', [id])).length > 0
    const act = async (index: number, round: number) => {
      const person = people[index]!
      const choice = (index * 7 + round * 5) % 6
      if (choice <= 1) return (await isBanned(person)) ? undefined : renew(person)
      if (choice === 2) return void (await world.shop.banCustomer(owner, person.id))
      if (choice === 3) return void (await world.shop.unbanCustomer(owner, person.id))
      if (choice === 4) return void (await world.shop.addDevice({ customerId: person.id, serverId, name: 'Phone' }))
      for (const { id } of (await world.shop.listDevices(person.id))?.devices ?? [])
        await world.shop.revokeDevice({ customerId: person.id, deviceId: id })
    }
    for (let round = 0; round < 6; round++) {
      await Promise.all(people.map((_, index) => act(index, round)))
      world.clock.advance(12 * dayMs)
      await world.shop.expireSubscriptions()
      await world.shop.sweepAccesses()
      await world.processAll(2)
      const taken = await placesTaken()
      expect(taken).toEqual(await recount())
      expect(taken.every((count, index) => count <= [3, 4, 6][index]!)).toBe(true)
    }
  })
})
