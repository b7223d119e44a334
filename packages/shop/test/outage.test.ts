import { dayMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import { createTestShop, type FakeDriver, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

/* What an outage leaves behind: nothing lost, nothing doubled, and no pile of work that grows with its length. */

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const jobsOf = async (name: string) => (await em().execute('select 1 from pgboss.job where name = ?', [name])).length
const accessIds = async () =>
  (await em().execute<{ id: `acc_${string}` }[]>('select id from accesses order by created_at, id')).map(
    (row) => row.id,
  )

async function buy(name = 'Anna') {
  const customer = await world.addCustomer(name)
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return customer
}

/** Lets the test in before and after a driver's write. Before the endpoint is first opened. */
function intercept(driver: FakeDriver, around: { before?: () => Promise<void>; after?: () => Promise<void> }): void {
  const open = driver.open.bind(driver)
  driver.open = (config, context) => {
    const opened = open(config, context)
    return {
      ...opened,
      ensureAccount: async (spec) => {
        await around.before?.()
        const credentials = await opened.ensureAccount(spec)
        await around.after?.()
        return credentials
      },
    }
  }
}

describe('an endpoint that is away', () => {
  test('is asked again after growing pauses, however many jobs come for it', async () => {
    await world.addServer()
    world.vless.setDown(true)
    await buy()
    await world.processAll(12)
    const [id] = await accessIds()
    const waiting = await jobsOf('provision-access')
    for (let count = 0; count < 50; count++) expect(await world.shop.provisionAccess(id!)).toEqual({ kind: 'not_due' })
    expect(await jobsOf('provision-access')).toBe(waiting)
    world.vless.setDown(false)
    world.clock.advance(10 * minuteMs)
    expect(await world.shop.provisionAccess(id!)).toEqual({ kind: 'applied' })
  })

  test('is asked at once when the wish changes', async () => {
    await world.addServer()
    const anna = await buy()
    world.vless.setDown(true)
    await world.processAll(12)
    world.vless.setDown(false)
    await world.shop.giveDays(owner, anna.id, { days: 1 })
    expect(await world.shop.provisionAccess((await accessIds())[0]!)).toEqual({ kind: 'applied' })
  })
})

describe('an endpoint that fails in an unforeseen way', () => {
  const breakDown = () => {
    world.vless.open = () => {
      throw new Error('a key is missing')
    }
  }

  test('does not double its jobs at each attempt', async () => {
    await world.addServer()
    breakDown()
    await buy()
    const [id] = await accessIds()
    for (let count = 0; count < 4; count++)
      await expect(world.shop.provisionAccess(id!)).rejects.toThrow('a key is missing')
    expect(await jobsOf('provision-access')).toBe(1)
  })

  test('keeps no other from being read and repaired', async () => {
    await world.addServer()
    const serverId = await world.addServer(world.wireguard)
    const anna = await buy()
    await world.shop.addDevice({ customerId: anna.id, serverId, name: 'Phone' })
    await world.processAll()
    await world.deps.endpoints.close()
    breakDown()
    const [account] = [...world.wireguard.accounts.keys()]
    const usage = { account: account as `vk-${string}`, uploadBytes: 5n, downloadBytes: 5n, lastSeenAt: null }
    world.wireguard.usage.set(account!, usage)
    await expect(world.shop.recordUsage()).rejects.toThrow('a key is missing')
    expect((await world.shop.getSubscription(anna.id))?.trafficUsedBytes).toBe(10n)
    world.wireguard.accounts.clear()
    world.clock.advance(minuteMs)
    await expect(world.shop.reconcileEndpoints()).rejects.toThrow('a key is missing')
    await em().execute(`delete from accesses where device_id is null`)
    await world.processAll()
    expect([...world.wireguard.accounts.keys()]).toEqual([account])
  })
})

describe('an endpoint that answers slowly', () => {
  test('ends as the latest wish says, also when an older write lands last', async () => {
    await world.addServer()
    let finishOlder = () => {}
    let olderArrived = () => {}
    const arrived = new Promise<void>((resolve) => {
      olderArrived = resolve
    })
    let isFirst = true
    intercept(world.vless, {
      before: async () => {
        if (!isFirst) return
        isFirst = false
        olderArrived()
        await new Promise<void>((resolve) => {
          finishOlder = resolve
        })
      },
    })
    const anna = await buy()
    const [id] = await accessIds()
    const older = world.shop.provisionAccess(id!)
    await arrived
    await world.shop.banCustomer(owner, anna.id)
    world.clock.advance(2 * minuteMs)
    expect(await world.shop.provisionAccess(id!)).toEqual({ kind: 'applied' })
    finishOlder()
    await older
    expect([...world.vless.accounts.values()].map((account) => account.enabled)).toEqual([true])
    await world.processAll()
    expect([...world.vless.accounts.values()].filter((account) => account.enabled)).toEqual([])
  })

  test('is written to by one worker at a time', async () => {
    await world.addServer()
    let writes = 0
    const others: string[] = []
    intercept(world.vless, {
      before: async () => {
        writes += 1
        if (writes > 1) return
        const [id] = await accessIds()
        const results = await Promise.all([1, 2, 3].map(() => world.shop.provisionAccess(id!)))
        others.push(...results.map((result) => result.kind))
      },
    })
    await buy()
    expect(await world.shop.provisionAccess((await accessIds())[0]!)).toEqual({ kind: 'applied' })
    expect(others).toEqual(['busy', 'busy', 'busy'])
    expect(writes).toBe(1)
  })

  test('a wish that changed meanwhile is found by the sweep though its job was lost', async () => {
    await world.addServer()
    const anna = await world.addCustomer()
    let isDone = false
    intercept(world.vless, {
      after: async () => {
        if (isDone) return
        isDone = true
        await world.shop.giveDays(owner, anna.id, { days: 1 })
      },
    })
    await world.shop.giveDays(owner, anna.id, { days: 30 })
    const [id] = await accessIds()
    await world.shop.provisionAccess(id!)
    await em().execute('delete from pgboss.job')
    world.clock.advance(minuteMs)
    await world.shop.sweepAccesses()
    expect(await jobsOf('provision-access')).toBe(1)
  })
})

describe('a panel that was restored from an old copy', () => {
  test('loses the device again that was taken away', async () => {
    const serverId = await world.addServer(world.wireguard)
    const anna = await buy()
    const added = await world.shop.addDevice({ customerId: anna.id, serverId, name: 'Phone' })
    if (added.kind !== 'added') throw new Error(added.kind)
    await world.processAll()
    const copy = new Map(world.wireguard.accounts)
    await world.shop.revokeDevice({ customerId: anna.id, deviceId: added.deviceId })
    await world.processAll()
    expect(world.wireguard.accounts.size).toBe(0)
    for (const [account, spec] of copy) world.wireguard.accounts.set(account, spec)
    world.clock.advance(minuteMs)
    expect((await world.shop.reconcileEndpoints()).map((difference) => difference.kind)).toEqual(['open'])
    await world.processAll()
    expect(world.wireguard.accounts.size).toBe(0)
  })
})

test('a server that is added is filled, and nothing is written to the others', async () => {
  await world.addServer()
  for (let count = 0; count < 3; count++) await buy(`Customer ${count}`)
  await world.processAll()
  await world.addServer()
  await world.shop.sweepAccesses()
  const [row] = await em().execute<{ behind: number; total: number }[]>(
    'select count(*) filter (where applied_revision < desired_revision)::int as behind, count(*)::int as total from accesses',
  )
  expect(row).toEqual({ behind: 3, total: 6 })
})

test('a provider that is away for ten hours is asked more and more seldom, and no retries pile up', async () => {
  await world.addServer()
  const anna = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(anna)
  world.provider.pay(reference)
  world.provider.setDown(true)
  for (let minute = 0; minute < 600; minute++) {
    world.clock.advance(minuteMs)
    if ((await world.shop.sweepPayments()) > 0) await expect(world.shop.settlePayment(paymentId)).rejects.toThrow()
  }
  expect(world.provider.statusCalls()).toBeLessThan(60)
  expect(await em().execute(`select 1 from pgboss.job where name = 'settle-payment' and retry_limit > 0`)).toEqual([])
  world.provider.setDown(false)
  world.clock.advance(15 * minuteMs)
  expect(await world.shop.sweepPayments()).toBe(1)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
})

describe('a bot that was away', () => {
  const end = 30 * dayMs
  const readAll = async (kind: string) => {
    const rows = await em().execute<{ id: string }[]>(`select id from notifications where content->>'kind' = ?`, [kind])
    return Promise.all(rows.map(({ id }) => world.shop.checkNotification(id)))
  }
  const renew = async (customer: Awaited<ReturnType<typeof buy>>) => {
    const { paymentId, reference } = await world.openInvoice(customer)
    world.provider.pay(reference)
    await world.shop.settlePayment(paymentId)
  }

  test('tells nobody of an end that a renewal has moved', async () => {
    const anna = await buy()
    world.clock.advance(end - hourMs)
    await world.shop.remindExpiry()
    expect(await readAll('expiring')).toMatchObject([{ notification: { before: '3h' } }])
    world.clock.advance(2 * hourMs)
    await world.shop.expireSubscriptions()
    expect(await readAll('expired')).toMatchObject([{ notification: { kind: 'expired' } }])
    await renew(anna)
    expect(await readAll('expiring')).toEqual([null])
    expect(await readAll('expired')).toEqual([null])
  })

  test('tells nobody that a key is being prepared once it is there', async () => {
    await buy()
    world.clock.advance(6 * minuteMs)
    await world.shop.sweepAccesses()
    await world.shop.sweepAccesses()
    expect(await readAll('preparing')).toMatchObject([{ notification: { kind: 'preparing' } }])
    expect(await em().execute(`select 1 from alert_events where content->>'kind' = 'access_stuck'`)).toHaveLength(1)
    await world.addServer()
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(await readAll('preparing')).toEqual([null])
  })

  test('finds what it has to tell queued again once an hour, not at each sweep', async () => {
    await world.addServer()
    await buy()
    await world.processAll()
    expect(await world.shop.sweepNotifications()).toBe(0)
    world.clock.advance(hourMs)
    expect(await world.shop.sweepNotifications()).toBe(1)
    for (let sweep = 0; sweep < 11; sweep++) {
      world.clock.advance(5 * minuteMs)
      expect(await world.shop.sweepNotifications()).toBe(0)
    }
    world.clock.advance(5 * minuteMs)
    expect(await world.shop.sweepNotifications()).toBe(1)
  })

  test('is not told twice at once what waited for its access and has just been let go', async () => {
    await buy()
    world.clock.advance(2 * hourMs)
    await world.addServer()
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(await world.shop.sweepNotifications()).toBe(0)
    expect(await jobsOf('tell-customer')).toBe(2) // preparing, and the key
  })
})

describe('a process that dies', () => {
  const steps = [
    'settle:fetched',
    'settle:before-commit',
    'settle:committed',
    'grant:leased',
    'grant:endpoint-agreed',
    'grant:recorded',
  ]
  test.each(steps)('at %s loses nothing and doubles nothing', async (deadly) => {
    let lives = true
    const mortal = await createTestShop(inject('postgresUrl'), {
      checkpoint: (step) => {
        if (step !== deadly || !lives) return
        lives = false
        throw new Error('killed')
      },
    })
    try {
      await mortal.addServer()
      const anna = await mortal.addCustomer()
      const { paymentId, reference } = await mortal.openInvoice(anna)
      mortal.provider.pay(reference)
      await mortal.shop.settlePayment(paymentId).catch(() => {})
      await mortal.processAll().catch(() => {})
      expect(lives).toBe(false)
      mortal.clock.advance(2 * minuteMs)
      await mortal.processAll()
      expect(await mortal.shop.getSubscription(anna.id)).toMatchObject({ daysLeft: 30, isPreparing: false })
      expect(mortal.vless.created).toHaveLength(1)
      const query = mortal.fixture.database.em()
      expect(await query.execute('select 1 from ledger_postings')).toHaveLength(1)
      expect(await query.execute(`select 1 from notifications where state = 'queued'`)).toHaveLength(1)
    } finally {
      await mortal.close()
    }
  })
})

test('nobody outside is asked while a transaction is open', async () => {
  const open: string[] = []
  const look = async (whom: string) => {
    const rows = await em().execute(
      `select 1 from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`,
    )
    if (rows.length > 0) open.push(whom)
  }
  const { provider } = world
  const { createInvoice, fetchStatus } = provider
  provider.createInvoice = async (request) => {
    await look('createInvoice')
    return createInvoice(request)
  }
  provider.fetchStatus = async (reference) => {
    await look('fetchStatus')
    return fetchStatus(reference)
  }
  intercept(world.vless, { before: () => look('ensureAccount') })
  await world.addServer()
  await buy()
  await world.processAll()
  expect(world.vless.accounts.size).toBe(1)
  expect(open).toEqual([])
})
