import { NotificationEntity, PlanEntity } from '@vpn-kiosk/db'
import { type Customer, dayMs, hourMs, newId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const owner = 1n
const gib = 1024n ** 3n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

const addPlan = (code: string, days: number, gigabytes: bigint | null, deviceLimit: number) =>
  em().insert(PlanEntity, {
    id: newId('plan'),
    code,
    title: { ru: code, en: code },
    days,
    priceMinor: 10_000n,
    currency: 'RUB',
    trafficLimitBytes: gigabytes === null ? null : gigabytes * gib,
    deviceLimit,
    position: 10,
    createdAt: world.clock.now(),
  })

async function buy(customer: Customer, planCode: string) {
  const { paymentId, reference } = await world.openInvoice(customer, planCode)
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
  await world.processAll()
}

const held = async ({ id }: Customer) => {
  const summary = await world.shop.getSubscription(id)
  return summary && { ...summary, planTitle: summary.planTitle?.en }
}

const pass = async (ms: number) => {
  world.clock.advance(ms)
  await world.shop.startStretches()
  await world.shop.expireSubscriptions()
  await world.processAll()
}

/** The customer's only account reports so much more, and the shop reads it. */
async function use(bytes: bigint) {
  const [account] = [...world.vless.accounts.values()]
  const before = world.vless.usage.get(account!.account)?.downloadBytes ?? 0n
  world.vless.usage.set(account!.account, {
    account: account!.account,
    uploadBytes: 0n,
    downloadBytes: before + bytes,
    lastSeenAt: null,
  })
  await world.shop.recordUsage()
  await world.processAll()
}

const kindsOf = async () =>
  (await em().find(NotificationEntity, {}, { orderBy: { createdAt: 'asc', id: 'asc' } })).map(
    ({ content: notification }) => notification.kind,
  )

describe('limits belong to the time they were sold with', () => {
  test('a day of an unlimited plan for ten devices, then the cheapest one: each for its own time', async () => {
    await addPlan('day', 1, null, 10)
    await addPlan('cheap', 30, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'day')
    await buy(anna, 'cheap')
    expect(await held(anna)).toMatchObject({ deviceLimit: 10, trafficLimitBytes: null, daysLeft: 31 })
    await pass(dayMs)
    expect(await held(anna)).toMatchObject({ deviceLimit: 1, trafficLimitBytes: 5n * gib, planTitle: 'cheap' })
    expect([...world.vless.accounts.values()]).toMatchObject([
      { enabled: true, deviceLimit: 1, trafficLimitBytes: 5n * gib },
    ])
    await pass(30 * dayMs)
    expect(await held(anna)).toMatchObject({ standing: 'expired' })
  })

  test('days that were given, a trial and a small plan after them leave one another alone', async () => {
    await addPlan('small', 30, 1n, 1)
    const anna = await world.addCustomer()
    await world.shop.giveDays(owner, anna.id, { days: 365 })
    expect(await world.shop.startTrial(anna.id)).toMatchObject({ kind: 'started' })
    await buy(anna, 'small')
    expect(await held(anna)).toMatchObject({ deviceLimit: 3, trafficLimitBytes: null, daysLeft: 398, isTrial: false })
    await pass(365 * dayMs)
    expect(await held(anna)).toMatchObject({ deviceLimit: 2, isTrial: true })
    await pass(3 * dayMs)
    expect(await held(anna)).toMatchObject({ deviceLimit: 1, trafficLimitBytes: gib, daysLeft: 30, isTrial: false })
  })

  test('each stretch counts its own traffic, and the endpoint is told a limit above its running counter', async () => {
    await addPlan('five', 30, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'five')
    await buy(anna, 'five')
    await use(3n * gib)
    expect(await held(anna)).toMatchObject({ trafficUsedBytes: 3n * gib, trafficLimitBytes: 5n * gib })
    await pass(30 * dayMs)
    expect(await held(anna)).toMatchObject({ trafficUsedBytes: 0n, trafficLimitBytes: 5n * gib })
    expect([...world.vless.accounts.values()]).toMatchObject([{ trafficLimitBytes: 8n * gib }])
    await use(2n * gib)
    expect(await held(anna)).toMatchObject({ trafficUsedBytes: 2n * gib, standing: 'active' })
    const rows = await em().execute<{ used: string }[]>(
      'select traffic_used_bytes as used from subscription_periods order by starts_at',
    )
    expect(rows[0]?.used).toBe(String(3n * gib))
  })

  test('a plan that is bought during a trial starts at once and keeps the trial’s time', async () => {
    await addPlan('small', 30, 30n, 1)
    const anna = await world.addCustomer()
    await world.shop.startTrial(anna.id)
    await pass(dayMs)
    await buy(anna, 'small')
    expect(await held(anna)).toMatchObject({
      deviceLimit: 1,
      trafficLimitBytes: 30n * gib,
      daysLeft: 32,
      isTrial: false,
    })
    await pass(30 * dayMs)
    expect(await held(anna)).toMatchObject({ trafficLimitBytes: 2n * gib, daysLeft: 2, isTrial: false })
  })
})

describe('an allowance that is used up', () => {
  test('lets the next stretch start, and loses no time', async () => {
    await addPlan('five', 30, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'five')
    await buy(anna, 'five')
    await pass(10 * dayMs)
    await use(5n * gib)
    expect(await held(anna)).toMatchObject({ standing: 'active', trafficUsedBytes: 0n, daysLeft: 50 })
    expect(await kindsOf()).toContain('stretch_started_early')
    expect(await kindsOf()).not.toContain('traffic_used_up')
    expect([...world.vless.accounts.values()]).toMatchObject([{ enabled: true, trafficLimitBytes: 10n * gib }])
    await use(5n * gib)
    expect(await held(anna)).toMatchObject({ standing: 'traffic_used_up', daysLeft: 50 })
    expect((await kindsOf()).filter((kind) => kind === 'traffic_used_up')).toHaveLength(1)
  })

  test('of a trial does not swallow the days that come later: they bring an allowance of their own', async () => {
    const anna = await world.addCustomer()
    await world.shop.startTrial(anna.id)
    await world.processAll()
    const limit = (await held(anna))!.trafficLimitBytes!
    await use(limit)
    expect(await held(anna)).toMatchObject({ standing: 'traffic_used_up' })
    await world.shop.giveDays(owner, anna.id, { days: 30 })
    await world.processAll()
    expect(await held(anna)).toMatchObject({ standing: 'active', trafficLimitBytes: limit * 10n, daysLeft: 33 })
    const told = await em().findOneOrFail(NotificationEntity, { key: { $like: 'extended:%' } })
    expect(told.content).toMatchObject({ days: 30, trafficBytes: String(limit * 10n) })
    expect([...world.vless.accounts.values()]).toMatchObject([{ enabled: true }])
  })

  test('is warned of at 80 and 95 per cent, once each', async () => {
    await addPlan('five', 30, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'five')
    const warnings = async () =>
      (await em().find(NotificationEntity, { key: { $like: 'traffic:%' } }, { orderBy: { key: 'asc' } })).map(
        ({ content: notification }) => notification,
      )
    await use(gib)
    expect(await warnings()).toEqual([])
    await use(3n * gib)
    await use(1n)
    expect(await warnings()).toMatchObject([{ percent: 80 }])
    await use((95n * gib) / 100n)
    expect(await warnings()).toMatchObject([{ percent: 80 }, { percent: 95 }])
  })

  test('is not warned of where such warnings are not wanted', async () => {
    await addPlan('five', 30, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'five')
    await em().execute(`update customers set notifications = '{"expiry": false, "news": true}'`)
    await use(4n * gib)
    expect(await kindsOf()).not.toContain('traffic_low')
  })
})

describe('state and end agree', () => {
  test('after the clock was a month ahead and came back', async () => {
    const anna = await world.addCustomer()
    await buy(anna, 'month')
    await pass(31 * dayMs)
    expect(await held(anna)).toMatchObject({ standing: 'expired' })
    expect([...world.vless.accounts.values()]).toMatchObject([{ enabled: false }])
    await pass(-31 * dayMs)
    expect(await held(anna)).toMatchObject({ standing: 'active', daysLeft: 30 })
    expect([...world.vless.accounts.values()]).toMatchObject([{ enabled: true }])
  })

  test('and the stretch that runs is the one of the present', async () => {
    await addPlan('five', 30, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'month')
    await buy(anna, 'five')
    await use(7n)
    await pass(31 * dayMs)
    expect(await held(anna)).toMatchObject({ deviceLimit: 1, trafficUsedBytes: 0n })
    await pass(-31 * dayMs)
    expect(await held(anna)).toMatchObject({ deviceLimit: 3, trafficLimitBytes: null, trafficUsedBytes: 7n })
  })
})

describe('races', () => {
  test('ten extensions at once, while the running stretch ends, lose nothing', async () => {
    await addPlan('hour', 1, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'hour')
    await buy(anna, 'month')
    world.clock.advance(dayMs)
    await Promise.all([
      ...Array.from({ length: 10 }, (_, at) => world.shop.giveDays(owner, anna.id, { days: 1, requestId: `r${at}` })),
      world.shop.startStretches(),
      world.shop.startStretches(),
    ])
    await world.shop.startStretches()
    expect(await held(anna)).toMatchObject({ daysLeft: 40, deviceLimit: 3, trafficLimitBytes: null })
    const [row] = await em().execute<{ overlaps: number; gaps: number }[]>(
      `select count(*) filter (where q.starts_at < q.previous)::int as overlaps, count(*) filter (where q.starts_at > q.previous)::int as gaps
       from (select starts_at, lag(ends_at) over (order by starts_at, ends_at) as previous from subscription_periods) q`,
    )
    expect(row).toEqual({ overlaps: 0, gaps: 0 })
  })

  test('a process that knows no stretches grants a period: the sweep gives it its limits', async () => {
    await addPlan('five', 30, 5n, 1)
    const anna = await world.addCustomer()
    await buy(anna, 'month')
    await em().execute(
      `with period as (
         insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, created_at)
         select 'prd_old', s.id, (select id from plans where code = 'five'), 'payment:old', 30, s.ends_at, s.ends_at + interval '30 days', ?
         from subscriptions s returning subscription_id, ends_at, plan_id
       ) update subscriptions s set ends_at = period.ends_at, plan_id = period.plan_id, traffic_limit_bytes = ?, device_limit = 3 from period`,
      [world.clock.now(), 5n * gib],
    )
    await world.shop.startStretches()
    expect(await held(anna)).toMatchObject({
      daysLeft: 60,
      deviceLimit: 3,
      trafficLimitBytes: null,
      planTitle: '1 month',
    })
    await pass(30 * dayMs + hourMs)
    expect(await held(anna)).toMatchObject({ deviceLimit: 1, trafficLimitBytes: 5n * gib })
  })
})
