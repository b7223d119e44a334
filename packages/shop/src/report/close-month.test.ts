import { dayMs, money, newId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'
import type { Month } from './month.ts'

const owner = 1n
const november = '2026-11' as Month
let world: TestShop
let crashAt: string | null

beforeEach(async () => {
  crashAt = null
  world = await createTestShop(inject('postgresUrl'), {
    startsAt: new Date('2026-11-20T09:00:00Z'),
    checkpoint: (name) => {
      if (name === crashAt) throw new Error(`died at ${name}`)
    },
  })
  await world.addServer()
})
afterEach(() => world.close())

async function buy() {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return paymentId
}
const report = async (month: Month) => {
  const seen = await world.shop.getMonthReport(owner, month)
  return seen.kind === 'seen' ? seen.value : null
}
const close = () => world.shop.closeMonth(owner, november)

test('a month that is over is closed once, and its figures stand whatever comes afterwards', async () => {
  const paymentId = await buy()
  world.clock.advance(13 * dayMs)
  await world.shop.recognizeRevenue()
  const before = await report(november)
  expect(before).toMatchObject({ closedAt: null, canClose: true })
  const kinds = (await Promise.all(Array.from({ length: 10 }, close))).map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'already_closed'), 'closed'])
  await world.shop.requestRefund(owner, { paymentId, minor: null, requestId: 'r', byHand: true })
  await world.fixture.database.em().execute(`update sales set amount_minor = amount_minor + 1`)
  expect(await report(november)).toEqual({ ...before, closedAt: world.clock.now(), canClose: false })
  expect(await report('2026-12' as Month)).toMatchObject({ refunds: [{ amount: money(29_900n, 'RUB') }] })
})

test('a month that runs or has just ended is not closed, nor by whoever may not', async () => {
  expect(await close()).toEqual({ kind: 'too_early' })
  world.clock.advance(11 * dayMs)
  expect(await close()).toEqual({ kind: 'too_early' })
  expect(await world.shop.closeMonth(owner, '2027-05' as Month)).toEqual({ kind: 'too_early' })
  world.clock.advance(2 * dayMs)
  await world.shop.addStaff(owner, { telegramId: 7n, name: 'Max', role: 'admin' })
  expect(await world.shop.closeMonth(7n, november)).toEqual({ kind: 'forbidden' })
  expect(await close()).toEqual({ kind: 'closed' })
})

test('the database books nothing into a closed month', async () => {
  world.clock.advance(13 * dayMs)
  await close()
  const em = world.fixture.database.em()
  const post = (at: string) =>
    em.execute('insert into ledger_postings (id, key, at) values (?, ?, ?)', [newId('posting'), newId('posting'), at])
  await expect(post('2026-11-30T20:59:59Z')).rejects.toThrow('the books are closed until')
  await expect(post('2026-10-01T00:00:00Z')).rejects.toThrow('the books are closed until')
  await post('2026-11-30T21:00:00Z')
  const [month] = await world.shop.listPlans()
  const earn = (day: string) =>
    em.execute(
      `insert into recognized_revenue (day, provider, plan_id, currency, amount_minor) values (?, 'fake', ?, 'RUB', 1)`,
      [day, month!.id],
    )
  await expect(earn('2026-11-29T21:00:00Z')).rejects.toThrow('the books are closed until')
  await earn('2026-11-30T21:00:00Z')
})

test('a death before the commit leaves the month open', async () => {
  world.clock.advance(13 * dayMs)
  crashAt = 'close-month:before-commit'
  await expect(close()).rejects.toThrow('died')
  crashAt = null
  expect(await report(november)).toMatchObject({ closedAt: null })
  expect(await close()).toEqual({ kind: 'closed' })
})
