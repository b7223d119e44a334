import { dayMs, hourMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

test('payments are listed by state, provider and whole days of the shop, in any combination', async () => {
  const anna = await world.addCustomer()
  const old = await world.openInvoice(anna)
  // 23:30 in Moscow: half an hour later it is another day.
  world.clock.advance(8 * dayMs + 11.5 * hourMs)
  const late = await world.openInvoice(await world.addCustomer('Boris'))
  world.clock.advance(hourMs)
  const paid = await world.openInvoice(await world.addCustomer('Vera'))
  world.provider.pay(paid.reference)
  await world.shop.settlePayment(paid.paymentId)
  await world.fixture.database
    .em()
    .execute(`update payments set provider = 'wata', reference = 'w1' where id = ?`, [late.paymentId])
  const list = async (of: Parameters<TestShop['shop']['inspectPayments']>[1]) => {
    const seen = await world.shop.inspectPayments(owner, of)
    return seen.kind === 'seen' ? seen.value.lines.map(({ id }) => id) : []
  }
  expect(await list({})).toEqual([paid.paymentId, late.paymentId, old.paymentId])
  expect(await list({ period: 'today' })).toEqual([paid.paymentId])
  expect(await list({ period: 'week' })).toEqual([paid.paymentId, late.paymentId])
  expect(await list({ period: 'month', provider: 'fake' })).toEqual([paid.paymentId, old.paymentId])
  expect(await list({ state: 'paid', provider: 'fake', period: 'week' })).toEqual([paid.paymentId])
  expect(await list({ state: 'paid', provider: 'wata' })).toEqual([])
  expect(await list({ provider: 'fake', olderThan: paid.paymentId })).toEqual([old.paymentId])
  expect(await list({ period: 'week', olderThan: late.paymentId })).toEqual([])
  expect(await world.shop.inspectPayments(99n, {})).toMatchObject({ kind: 'forbidden' })
})

test('a payment is found by its number, its order’s and the provider’s, and by nothing that may be a person’s', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  const [row] = await world.fixture.database.em().execute<{ order_id: string }[]>('select order_id from payments')
  const orderId = row!.order_id
  const find = async (number: string) => {
    const seen = await world.shop.findPaymentAsStaff(owner, number)
    return seen.kind === 'seen' ? (seen.value?.id ?? null) : seen.kind
  }
  expect(await Promise.all([paymentId, ` ${orderId} `, reference].map(find))).toEqual([paymentId, paymentId, paymentId])
  await world.fixture.database.em().execute(`update payments set reference = '100500'`)
  for (const other of ['100500', 'Anna', '', 'pay_', "x' or 1=1", 'x'.repeat(5000)])
    expect(await find(other)).toBeNull()
  expect(await world.shop.findPaymentAsStaff(99n, paymentId)).toEqual({ kind: 'forbidden' })
})
