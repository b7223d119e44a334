import { dayMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

let world: TestShop
let isMortal = false

beforeEach(async () => {
  isMortal = false
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (isMortal && name === 'recognize:before-commit') throw new Error('died')
    },
  })
  await world.addServer()
})
afterEach(() => world.close())

async function buy(name: string, plan = 'month') {
  const customer = await world.addCustomer(name)
  const { paymentId, reference } = await world.openInvoice(customer, plan)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return customer
}

const balance = async (account: string) => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ minor: string }[]>(
      'select coalesce(-sum(amount_minor), 0) as minor from ledger_entries where account = ?',
      [account],
    )
  return BigInt(row!.minor)
}
const reported = async () => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ minor: string }[]>('select coalesce(sum(amount_minor), 0) as minor from recognized_revenue')
  return BigInt(row!.minor)
}

test('a price becomes revenue day by day, to the last kopeck, however often a day is run', async () => {
  await buy('Anna')
  expect([await balance('deferred'), await balance('revenue')]).toEqual([29_900n, 0n])
  let before = 0n
  for (let day = 1; day <= 31; day++) {
    world.clock.advance(dayMs)
    await Promise.all([world.shop.recognizeRevenue(), world.shop.recognizeRevenue()])
    const revenue = await balance('revenue')
    expect(revenue + (await balance('deferred'))).toBe(29_900n)
    expect(revenue - before).toBeLessThanOrEqual(997n)
    before = revenue
  }
  expect([await balance('deferred'), await balance('revenue'), await reported()]).toEqual([0n, 29_900n, 29_900n])
  expect(await world.shop.checkBooks()).toEqual([])
})

test('a purchase that waits behind another earns nothing until its turn', async () => {
  const anna = await world.addCustomer('Anna')
  for (let count = 0; count < 2; count++) {
    const { paymentId, reference } = await world.openInvoice(anna)
    world.provider.pay(reference)
    await world.shop.settlePayment(paymentId)
  }
  world.clock.advance(15 * dayMs)
  await world.shop.recognizeRevenue()
  expect(await balance('revenue')).toBeLessThanOrEqual(15_000n)
  world.clock.advance(45 * dayMs)
  await world.shop.recognizeRevenue()
  world.clock.advance(dayMs)
  await world.shop.recognizeRevenue()
  expect(await balance('revenue')).toBe(59_800n)
})

test('a run that dies has booked whole pages or nothing', async () => {
  await buy('Anna')
  await buy('Boris')
  world.clock.advance(10 * dayMs)
  isMortal = true
  await expect(world.shop.recognizeRevenue()).rejects.toThrow('died')
  expect(await balance('revenue')).toBe(0n)
  isMortal = false
  expect(await world.shop.recognizeRevenue()).toBe(2)
  expect(await world.shop.checkBooks()).toEqual([])
})

test('books that do not agree are told to the owner', async () => {
  await buy('Anna')
  await world.fixture.database.em().execute('update sales set deferred_minor = deferred_minor - 1')
  expect(await world.shop.checkBooks()).toEqual([{ kind: 'deferred', amount: { minor: 1n, currency: 'RUB' } }])
  const rows = await world.fixture.database
    .em()
    .execute(`select 1 from alert_events where content->>'kind' = 'books_wrong'`)
  expect(rows).toHaveLength(1)
})
