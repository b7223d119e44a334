import { dayMs, hourMs } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { readBooks } from './books.ts'

/*
 * Two things at once, in the order that hurts: one transaction is held open by the test where its lock matters, and
 * the other is started against it.
 */

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const standingOf = async (id: `cus_${string}`) => (await world.shop.getSubscription(id))?.standing
const accounts = () => [...world.vless.accounts.values()]

async function invoice(name = 'Anna', code?: string) {
  const customer = await world.addCustomer(name, code)
  return { customer, ...(await world.openInvoice(customer)) }
}

async function buy(name = 'Anna', code?: string) {
  const bought = await invoice(name, code)
  world.provider.pay(bought.reference)
  await world.shop.settlePayment(bought.paymentId)
  return bought
}

/** Until so many statements of this shop wait for a lock. */
const untilWaiting = (count = 1) =>
  expect
    .poll(async () => {
      const [row] = await em().execute<{ count: number }[]>(
        `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return row?.count
    })
    .toBeGreaterThanOrEqual(count)

/** Holds what `sql` locks until the returned function is called. */
async function hold(sql: string, params: unknown[]): Promise<() => Promise<void>> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let held = () => {}
  const holding = new Promise<void>((resolve) => {
    held = resolve
  })
  const done = world.fixture.database.transaction(async (tx) => {
    await tx.execute(sql, params)
    held()
    await released
  })
  await holding
  return async () => {
    release()
    await done
  }
}

/** A transaction that ended a deadlock as its victim runs more than once. */
function countRuns(): { transactions: number; runs: number } {
  const count = { transactions: 0, runs: 0 }
  const { db } = world.deps
  const { transaction } = db
  db.transaction = (work) => {
    count.transactions += 1
    return transaction((tx) => {
      count.runs += 1
      return work(tx)
    })
  }
  return count
}

describe('a ban', () => {
  test('before the first payment holds: the time is kept, nobody gets in and no key is announced', async () => {
    const { customer, paymentId, reference } = await invoice()
    await world.shop.banCustomer(owner, customer.id)
    world.provider.pay(reference)
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
    await world.processAll()
    expect(await standingOf(customer.id)).toBe('suspended')
    expect(accounts().filter((account) => account.enabled)).toEqual([])
    expect(await em().execute('select 1 from notifications')).toEqual([])
    await world.shop.unbanCustomer(owner, customer.id)
    await world.processAll()
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active', daysLeft: 30 })
    expect(accounts().map((account) => account.enabled)).toEqual([true])
  })

  test('while the first payment is being settled wins', async () => {
    const { customer, paymentId, reference } = await invoice()
    world.provider.pay(reference)
    const release = await hold('select 1 from plans for update', [])
    const settling = world.shop.settlePayment(paymentId)
    const [plan] = await em().execute<{ id: string }[]>(`select id from plans limit 1`)
    expect(plan).toBeDefined()
    const banning = world.shop.banCustomer(owner, customer.id)
    await release()
    expect(await Promise.all([settling, banning])).toEqual([{ kind: 'settled' }, { kind: 'banned' }])
    await world.processAll()
    expect(await standingOf(customer.id)).toBe('suspended')
    expect(accounts().filter((account) => account.enabled)).toEqual([])
  })

  test('that ends while a renewal is being settled leaves what was bought', async () => {
    const { customer } = await buy()
    await world.processAll()
    const { paymentId, reference } = await world.openInvoice(customer)
    await world.shop.banCustomer(owner, customer.id)
    world.clock.advance(31 * dayMs)
    world.provider.pay(reference)
    const release = await hold('select 1 from accesses for update', [])
    const settling = world.shop.settlePayment(paymentId)
    await untilWaiting()
    const unbanning = world.shop.unbanCustomer(owner, customer.id)
    await untilWaiting(2)
    await release()
    await Promise.all([settling, unbanning])
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active', daysLeft: 30 })
  })
})

describe('a key', () => {
  test('that is made while the right changes is as the right is afterwards', async () => {
    await buy()
    const [access] = await em().execute<{ id: `acc_${string}` }[]>('select id from accesses')
    const release = await hold(
      `with cut as (update subscriptions set state = 'suspended' returning id)
       update accesses set desired_revision = desired_revision + 1 from cut where subscription_id = cut.id`,
      [],
    )
    const granting = world.shop.provisionAccess(access!.id)
    await untilWaiting()
    await release()
    expect(await granting).toEqual({ kind: 'applied' })
    await world.processAll()
    // Its endpoint was never asked for it: nothing is made there only to be disabled.
    expect(accounts()).toEqual([])
  })
})

describe('money', () => {
  test('that became whole while a short payment was being written down leaves nothing in suspense', async () => {
    const { paymentId, reference } = await invoice()
    const release = await hold('select 1 from payments where id = ? for update', [paymentId])
    world.provider.pay(reference, roubles(100))
    const short = world.shop.settlePayment(paymentId)
    await untilWaiting()
    world.provider.pay(reference)
    const whole = world.shop.settlePayment(paymentId)
    await untilWaiting(2)
    await release()
    expect((await Promise.all([short, whole])).map((result) => result.kind)).toEqual(['mismatch', 'settled'])
    expect(await readBooks(world, paymentId)).toEqual([
      { account: 'deferred', minor: -29900n },
      { account: 'provider:fake', minor: 29900n },
      { account: 'suspense', minor: 0n },
    ])
    const steps = await em().execute<{ before: string; after: string }[]>(
      'select before, after from payment_steps where payment_id = ? order by id offset 2',
      [paymentId],
    )
    expect(steps).toEqual([
      { before: 'pending', after: 'mismatch' },
      { before: 'mismatch', after: 'paid' },
    ])
  })

  test('of two payments of one customer at once buys twice the time', async () => {
    const customer = await world.addCustomer()
    const [month, quarter] = [await world.openInvoice(customer), await world.openInvoice(customer, 'quarter')]
    for (const { reference } of [month, quarter]) world.provider.pay(reference)
    await Promise.all(
      [month, quarter].flatMap(({ paymentId }) => [1, 2, 3].map(() => world.shop.settlePayment(paymentId))),
    )
    expect((await world.shop.getSubscription(customer.id))?.daysLeft).toBe(120)
  })

  test('of a referrer and ten friends at once loses no day of anybody', async () => {
    const rita = await invoice('Rita')
    const friends = []
    for (let count = 0; count < 10; count++) friends.push(await invoice(`Friend ${count}`, rita.customer.referralCode))
    const all = [rita, ...friends]
    for (const { reference } of all) world.provider.pay(reference)
    const results = await Promise.all(all.map(({ paymentId }) => world.shop.settlePayment(paymentId)))
    expect(results.every((result) => result.kind === 'settled')).toBe(true)
    expect((await world.shop.getSubscription(rita.customer.id))?.daysLeft).toBe(30 + 10 * 7)
    for (const { customer } of friends) expect((await world.shop.getSubscription(customer.id))?.daysLeft).toBe(30)
  })
})

describe('a trial', () => {
  test('that is asked for while the first payment is being settled is not laid over it', async () => {
    const { customer, paymentId, reference } = await invoice()
    world.provider.pay(reference)
    const release = await hold(
      `insert into subscriptions (id, customer_id, state, is_trial, traffic_used_bytes, device_limit, token, created_at)
      values ('sub_held', ?, 'pending', false, 0, 3, 'held', now())`,
      [customer.id],
    )
    const settling = world.shop.settlePayment(paymentId)
    await untilWaiting()
    const trying = world.shop.startTrial(customer.id)
    await untilWaiting(2)
    await release()
    expect(await Promise.all([settling, trying])).toEqual([{ kind: 'settled' }, { kind: 'already_customer' }])
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ isTrial: false, daysLeft: 30 })
  })
})

describe('the end of a subscription', () => {
  test('that comes while it is being renewed does not end it', async () => {
    const { customer } = await buy()
    await world.processAll()
    const { paymentId, reference } = await world.openInvoice(customer)
    world.provider.pay(reference)
    world.clock.advance(30 * dayMs + 1)
    const release = await hold('select 1 from accesses for update', [])
    const settling = world.shop.settlePayment(paymentId)
    await untilWaiting()
    expect(await world.shop.expireSubscriptions()).toBe(0)
    await release()
    await settling
    expect(await world.shop.expireSubscriptions()).toBe(0)
    await world.processAll()
    expect(accounts().map((account) => account.enabled)).toEqual([true])
  })

  test('is enforced once by two replicas', async () => {
    for (let count = 0; count < 20; count++) await buy(`Customer ${count}`)
    world.clock.advance(30 * dayMs + 1)
    const ended = await Promise.all([1, 2, 3].map(() => world.shop.expireSubscriptions()))
    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(20)
    expect(await em().execute(`select 1 from notifications where content->>'kind' = 'expired'`)).toHaveLength(20)
  })
})

describe('a new server', () => {
  test('found by the sweeps of two replicas at once gets one account of each customer', async () => {
    await buy()
    await world.processAll()
    await world.addServer()
    const release = await hold('select 1 from endpoints for update', [])
    const sweeping = [world.shop.sweepAccesses(), world.shop.sweepAccesses()]
    await untilWaiting(2)
    await release()
    expect((await Promise.allSettled(sweeping)).map((one) => one.status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await em().execute('select 1 from accesses')).toHaveLength(2)
  })

  test('found by a sweep and by a purchase at once gets one account of each customer', async () => {
    const { customer } = await buy()
    await world.processAll()
    const { paymentId, reference } = await world.openInvoice(customer)
    world.provider.pay(reference)
    await world.addServer()
    const count = countRuns()
    const release = await hold('select 1 from endpoints for update', [])
    const settling = world.shop.settlePayment(paymentId)
    const sweeping = world.shop.sweepAccesses()
    await untilWaiting(2)
    await release()
    expect((await Promise.allSettled([settling, sweeping])).map((one) => one.status)).toEqual([
      'fulfilled',
      'fulfilled',
    ])
    expect(await em().execute('select 1 from accesses')).toHaveLength(2)
    expect(count.runs).toBe(count.transactions)
  })
})

describe('reading the counters', () => {
  test('while a purchase is being settled ends in no deadlock', async () => {
    const { customer } = await buy()
    await world.processAll()
    const [account] = [...world.vless.accounts.keys()]
    world.vless.usage.set(account!, {
      account: account as `vk-${string}`,
      uploadBytes: 1n,
      downloadBytes: 2n,
      lastSeenAt: null,
    })
    const { paymentId, reference } = await world.openInvoice(customer)
    world.provider.pay(reference)
    const count = countRuns()
    const release = await hold('select 1 from accesses for update', [])
    const reading = world.shop.recordUsage()
    await untilWaiting()
    const settling = world.shop.settlePayment(paymentId)
    await untilWaiting(2)
    await release()
    expect((await Promise.allSettled([settling, reading])).map((one) => one.status)).toEqual(['fulfilled', 'fulfilled'])
    expect((await world.shop.getSubscription(customer.id))?.trafficUsedBytes).toBe(3n)
    expect(count.runs).toBe(count.transactions)
  })
})

describe('a device', () => {
  test('that is revoked while its subscription is renewed is taken off the endpoint', async () => {
    const serverId = await world.addServer(world.wireguard)
    const { customer } = await buy()
    const added = await world.shop.addDevice({ customerId: customer.id, serverId, name: 'Phone' })
    if (added.kind !== 'added') throw new Error(added.kind)
    await world.processAll()
    const [access] = await em().execute<{ id: `acc_${string}` }[]>(
      'select id from accesses where device_id is not null',
    )
    // A renewal that has raised the wish and is about to commit; a worker that reads it before the device is gone.
    let revoking = Promise.resolve(false)
    const release = await hold('update accesses set desired_revision = desired_revision + 1 where id = ?', [access!.id])
    revoking = world.shop.revokeDevice({ customerId: customer.id, deviceId: added.deviceId })
    await untilWaiting()
    await release()
    expect(await revoking).toBe(true)
    const [row] = await em().execute<{ wishes: number }[]>(
      'select desired_revision - applied_revision as wishes from accesses where id = ?',
      [access!.id],
    )
    expect(row?.wishes).toBe(2)
    await world.processAll()
    expect(world.wireguard.accounts.size).toBe(0)
  })

  test('is added and revoked many times at once within its limit', async () => {
    const serverId = await world.addServer(world.wireguard)
    const { customer } = await buy()
    const turn = async () => {
      const added = await world.shop.addDevice({ customerId: customer.id, serverId, name: 'Phone' })
      if (added.kind !== 'added') return
      await world.shop.revokeDevice({ customerId: customer.id, deviceId: added.deviceId })
    }
    await Promise.all(Array.from({ length: 12 }, turn))
    await world.processAll()
    expect((await world.shop.listDevices(customer.id))?.devices).toEqual([])
    expect(world.wireguard.accounts.size).toBe(0)
  })

  test('gets no address whose last owner is still on an endpoint that is away', async () => {
    const serverId = await world.addServer(world.wireguard)
    const { customer } = await buy()
    const phone = await world.shop.addDevice({ customerId: customer.id, serverId, name: 'Phone' })
    if (phone.kind !== 'added') throw new Error(phone.kind)
    await world.processAll()
    world.wireguard.setDown(true)
    await world.shop.revokeDevice({ customerId: customer.id, deviceId: phone.deviceId })
    await world.processAll()
    world.clock.advance(25 * hourMs)
    await world.shop.addDevice({ customerId: customer.id, serverId, name: 'Laptop' })
    const rows = await em().execute<{ address: string }[]>(
      'select address from accesses where device_id is not null order by created_at',
    )
    expect(rows.map((row) => row.address)).toEqual(['10.8.0.2', '10.8.0.3'])
  })

  test('takes no place on a server that is full', async () => {
    const serverId = await world.addServer(world.wireguard, 1)
    const { customer } = await buy()
    const places = { customerId: customer.id, serverId }
    const added = await Promise.all([1, 2].map((name) => world.shop.addDevice({ ...places, name: `${name}` })))
    expect(added.map((one) => one.kind).sort()).toEqual(['added', 'no_room'])
  })
})

describe('a broadcast', () => {
  test('does not end over the people who are being written down at that moment', async () => {
    await world.addCustomer('Anna')
    const draft = await world.shop.createBroadcast(owner, 'Hello')
    if (draft.kind !== 'created') throw new Error(draft.kind)
    await world.shop.startBroadcast(owner, draft.broadcastId)
    const release = await hold('select 1 from customers for update', [])
    const filling = world.shop.fillBroadcast(draft.broadcastId)
    await untilWaiting()
    const finishing = world.shop.finishBroadcast(draft.broadcastId, { waitForOthers: true })
    await untilWaiting(2)
    await release()
    expect(await Promise.all([filling, finishing])).toEqual([{ kind: 'filled' }, { kind: 'somebody_left' }])
  })
})
