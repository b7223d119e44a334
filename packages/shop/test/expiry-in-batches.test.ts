import { NotificationEntity } from '@vpn-kiosk/db'
import { type Customer, dayMs, hourMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

async function buy(customer: Customer, planCode: string) {
  const { paymentId, reference } = await world.openInvoice(customer, planCode)
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
}

const letters = async () =>
  (await em().find(NotificationEntity, { key: { $like: 'win-back:%' } }, { orderBy: { createdAt: 'asc' } })).map(
    ({ content: notification }) => notification,
  )

/** Day by day, as the clock does. */
async function live(days: number) {
  for (let day = 0; day < days; day++) {
    world.clock.advance(dayMs)
    await world.shop.expireSubscriptions()
    await world.shop.winBackCustomers()
    await world.shop.winBackCustomers()
  }
}

describe('who does not come back', () => {
  test('is written to after three, seven and thirty days, once each', async () => {
    await buy(await world.addCustomer(), 'month')
    world.clock.advance(29 * dayMs)
    await live(3)
    expect(await letters()).toEqual([])
    await live(6)
    world.clock.advance(21 * dayMs)
    await live(3)
    expect(await letters()).toMatchObject([
      { after: '3d', wasTrial: false },
      { after: '7d', wasTrial: false },
      { after: '30d', wasTrial: false },
    ])
  })

  test('and had only tried hears that the trial ended, in words of its own', async () => {
    await world.shop.startTrial((await world.addCustomer()).id)
    await live(4)
    expect(await em().count(NotificationEntity, { key: { $like: 'expired:%' } })).toBe(1)
    expect(await em().findOneOrFail(NotificationEntity, { key: { $like: 'expired:%' } })).toMatchObject({
      content: { kind: 'trial_ended' },
    })
    await live(3)
    expect(await letters()).toMatchObject([{ after: '3d', wasTrial: true }])
  })

  test('and wants no news, is left alone; so is who came back', async () => {
    const quiet = await world.addCustomer('Quiet')
    await buy(quiet, 'month')
    await em().execute(`update customers set notifications = '{"expiry": true, "news": false}' where id = ?`, [
      quiet.id,
    ])
    const anna = await world.addCustomer()
    await buy(anna, 'month')
    world.clock.advance(30 * dayMs)
    await live(1)
    await buy(anna, 'month')
    await live(8)
    expect(await letters()).toEqual([])
  })
})

describe('what a purchase would do', () => {
  test('is told before it is paid: now and without change for who has nothing', async () => {
    const anna = await world.addCustomer()
    const [month, quarter] = await world.shop.listPlans()
    const now = world.clock.now()
    expect(await world.shop.previewPurchase(anna.id, month!.id)).toMatchObject({ startsNow: true, change: null })
    await buy(anna, 'quarter')
    expect(await world.shop.previewPurchase(anna.id, month!.id)).toEqual({
      startsNow: false,
      startsAt: new Date(now.getTime() + 90 * dayMs),
      endsAt: new Date(now.getTime() + 120 * dayMs),
      change: {
        from: { deviceLimit: 5, trafficLimitBytes: null },
        to: { deviceLimit: 3, trafficLimitBytes: null },
      },
    })
    expect(await world.shop.previewPurchase(anna.id, quarter!.id)).toMatchObject({ change: null })
    expect(await world.shop.previewPurchase(anna.id, 'pln_unknown')).toBeNull()
    expect(await world.shop.getSubscription(anna.id)).toMatchObject({ daysLeft: 90 })
  })

  test('during a trial it starts at once, with the trial’s time behind it', async () => {
    const anna = await world.addCustomer()
    await world.shop.startTrial(anna.id)
    const [month] = await world.shop.listPlans()
    expect(await world.shop.previewPurchase(anna.id, month!.id)).toMatchObject({
      startsNow: true,
      endsAt: new Date(world.clock.now().getTime() + 33 * dayMs),
      change: { from: { deviceLimit: 2 }, to: { deviceLimit: 3, trafficLimitBytes: null } },
    })
  })
})

test('five thousand that end at once are cut and told in five batches, and nobody is left out', async () => {
  const endpoint = (await em().execute<{ id: string }[]>('select id from endpoints'))[0]!.id
  const past = new Date(world.clock.now().getTime() - hourMs)
  await em().execute(
    `insert into customers (id, telegram_id, first_name, language, referral_code, notifications, last_active_at, created_at)
     select 'cus_m' || i, 900000 + i, 'M', 'ru', 'm' || i, '{"expiry": true, "news": true}', ?, ? from generate_series(1, 5000) i`,
    [past, past],
  )
  await em().execute(
    `insert into subscriptions (id, customer_id, state, is_trial, starts_at, ends_at, traffic_used_bytes, device_limit, token, created_at)
     select 'sub_m' || i, 'cus_m' || i, 'active', false, ?, ?, 0, 3, 'm' || i, ? from generate_series(1, 5000) i`,
    [past, past, past],
  )
  await em().execute(
    `insert into accesses (id, endpoint_id, secrets, subscription_id, desired_revision, applied_revision, upload_counter, download_counter,
       upload_bytes, download_bytes, created_at, asked_at)
     select 'acc_m' || i, ?, '', 'sub_m' || i, 1, 1, 0, 0, 0, 0, ?, ? from generate_series(1, 5000) i`,
    [endpoint, past, past],
  )
  const { transaction } = world.deps.db
  let transactions = 0
  world.deps.db.transaction = (work) => {
    transactions += 1
    return transaction(work)
  }
  expect(await world.shop.expireSubscriptions()).toBe(5000)
  const [count] = await em().execute<{ behind: number; notifications: number; cuts: number }[]>(
    `select (select count(*)::int from accesses where desired_revision = 2) as behind, (select count(*)::int from notifications) as notifications,
       (select count(*)::int from pgboss.job where name = 'cut-access') as cuts`,
  )
  expect(count).toEqual({ behind: 5000, notifications: 5000, cuts: 5000 })
  // One that finds nothing to restore, five pages, and one that finds no sixth.
  expect(transactions).toBe(7)
})
