import { NotificationEntity } from '@vpn-kiosk/db'
import { type Customer, dayMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop
beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

/** Who has bought a month, with an end so many milliseconds from now. */
async function addEnding(ms: number): Promise<Customer> {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await moveEnd(customer, ms)
  return customer
}

async function moveEnd({ id }: Customer, ms: number): Promise<void> {
  const now = world.clock.now().getTime()
  const [startsAt, endsAt] = [new Date(now - 20 * dayMs), new Date(now + ms)]
  const em = world.fixture.database.em()
  await em.execute('update subscriptions set starts_at = ?, ends_at = ? where customer_id = ?', [startsAt, endsAt, id])
}

test('an end that comes near within the next minute is reminded of then', async () => {
  await addEnding(dayMs + 30_000)
  expect(await world.shop.remindExpiry()).toBe(1)
  world.clock.advance(minuteMs)
  expect(await world.shop.remindExpiry()).toBe(1)
  world.clock.advance(minuteMs)
  expect(await world.shop.remindExpiry()).toBe(0)
})

test('an end that was moved nearer is reminded of within the hour', async () => {
  const customer = await addEnding(20 * dayMs)
  expect(await world.shop.remindExpiry()).toBe(0)
  await moveEnd(customer, 20 * hourMs)
  let reminded = 0
  for (let minute = 0; minute < 60; minute++) {
    world.clock.advance(minuteMs)
    reminded += await world.shop.remindExpiry()
  }
  expect(reminded).toBe(1)
})

test('what came near while nobody looked for hours is reminded of', async () => {
  await addEnding(dayMs + 2 * hourMs)
  await world.shop.remindExpiry()
  world.clock.advance(5 * hourMs)
  expect(await world.shop.remindExpiry()).toBe(1)
})

test('a reminder whose turn comes when the nearer one is due is not told, the nearer one is', async () => {
  const customer = await addEnding(3 * dayMs)
  await world.shop.remindExpiry()
  world.clock.advance(2 * dayMs - minuteMs)
  expect(await told(customer)).toEqual(['3d'])
  world.clock.advance(minuteMs)
  await world.shop.remindExpiry()
  expect(await told(customer)).toEqual(['1d'])
  world.clock.advance(21 * hourMs)
  await world.shop.remindExpiry()
  expect(await told(customer)).toEqual(['3h'])
  world.clock.advance(2 * hourMs)
  expect(await told(customer)).toEqual(['3h'])
})

/** What a bot that is back now would tell. */
async function told({ id: customerId }: Customer): Promise<string[]> {
  const rows = await world.fixture.database.em().find(NotificationEntity, { customerId }, { orderBy: { id: 'asc' } })
  const found = await Promise.all(rows.map(({ id }) => world.shop.checkNotification(id)))
  return found.flatMap((one) => (one?.notification.kind === 'expiring' ? [one.notification.before] : []))
}
