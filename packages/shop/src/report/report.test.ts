import { dayMs, hourMs, money } from '@vpn-kiosk/domain'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestShop, roubles, type TestShop } from '../testing.ts'
import { addMonths, isMonth, type Month, monthOf, rangeOf } from './month.ts'

const owner = 1n
let world: TestShop
beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'), { startsAt: new Date('2026-11-10T09:00:00Z') })
  await world.addServer()
})
afterAll(() => world.close())

async function buy(name: string) {
  const customer = await world.addCustomer(name)
  const { paymentId, reference } = await world.openInvoice(customer)
  const received = money(29_900n, 'RUB')
  world.provider.answer(reference, { kind: 'paid', received, paidAt: null, fee: money(900n, 'RUB') })
  await world.shop.settlePayment(paymentId)
  return { customer, paymentId }
}

const report = async (month?: Month) => {
  const seen = await world.shop.getMonthReport(owner, month)
  if (seen.kind !== 'seen') throw new Error(seen.kind)
  return seen.value
}
const amounts = (lines: readonly { readonly amount: { readonly minor: bigint } }[]) =>
  lines.map(({ amount }) => amount.minor)

test('a month says what was sold, given back, kept by providers, earned and is still owed', async () => {
  const anna = await buy('Anna')
  await buy('Boris')
  world.clock.advance(10 * dayMs)
  await world.shop.recognizeRevenue()
  await world.shop.requestRefund(owner, { paymentId: anna.paymentId, minor: null, requestId: 'r', byHand: true })
  const november = await report()
  expect(november).toMatchObject({ month: '2026-11', previous: '2026-10', next: null })
  expect(november.sales).toMatchObject([{ provider: 'fake', count: 2, amount: roubles(598) }])
  expect(november.refunds).toMatchObject([{ provider: 'fake', count: 1, amount: roubles(299) }])
  expect(november.fees).toMatchObject([{ provider: 'fake', count: 2, amount: money(1_800n, 'RUB') }])
  // Two times 10 days less the hours until midnight, and what Anna had used by the refund.
  const earned = amounts(november.revenue)[0]!
  const [deferred] = amounts(november.owed.deferred.map((amount) => ({ amount })))
  expect(earned).toBe(59_800n - deferred! - (29_900n - 9_966n))
  expect(await world.shop.checkBooks()).toEqual([])
})

test('the next month begins anew, and earns what was sold before', async () => {
  world.clock.advance(20 * dayMs)
  await world.shop.recognizeRevenue()
  const december = await report()
  expect(december).toMatchObject({ month: '2026-12', sales: [], refunds: [], fees: [], next: null })
  expect(await report('2026-11' as Month)).toMatchObject({ next: '2026-12', sales: [{ count: 2 }] })
  const all = [...amounts((await report('2026-11' as Month)).revenue), ...amounts(december.revenue)]
  const [owed = 0n] = december.owed.deferred.map(({ minor }) => minor)
  expect(all.reduce((sum, one) => sum + one, 0n) + owed).toBe(29_900n + 9_966n)
})

test('a month that is still to come is the running one', async () => {
  expect(await report('2031-01' as Month)).toMatchObject({ month: '2026-12' })
})

async function readFile(): Promise<string[]> {
  const { month } = await report()
  const seen = await world.shop.exportMonth(owner, month)
  if (seen.kind !== 'seen') throw new Error(seen.kind)
  const lines = new TextDecoder().decode(seen.value).trim().split('\r\n').slice(1)
  return lines.map((line) => line.split(';').slice(1, 7).join(';'))
}

test('an accountant gets a line for each payment and refund, which no spreadsheet takes for a formula', async () => {
  const seen = await world.shop.exportMonth(owner, '2026-11' as Month)
  if (seen.kind !== 'seen') throw new Error(seen.kind)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(seen.value)
  expect(text.startsWith('\uFEFFtime;event;provider;plan;amount;currency;fee;payment;customer\r\n')).toBe(true)
  const lines = text.trim().split('\r\n').slice(1)
  expect(lines.map((line) => line.split(';').slice(1, 7).join(';'))).toEqual([
    'sale;fake;month;299.00;RUB;9.00',
    'sale;fake;month;299.00;RUB;9.00',
    'refund;fake;;-299.00;RUB;',
  ])
})

test('the file adds up to what providers owe, also of money that was held', async () => {
  const held = async (minor: bigint) => {
    const invoice = await world.openInvoice(await world.addCustomer())
    world.provider.pay(invoice.reference, money(minor, 'RUB'))
    await world.shop.settlePayment(invoice.paymentId)
    return invoice
  }
  const before = await readFile()
  const { paymentId } = await held(100n)
  const later = await held(200n)
  const byHand = { paymentId, minor: null, requestId: 'held', byHand: true }
  expect(await world.shop.requestRefund(owner, byHand)).toMatchObject({ kind: 'booked' })
  world.provider.pay(later.reference)
  await world.shop.settlePayment(later.paymentId)
  expect((await readFile()).filter((line) => !before.includes(line)).toSorted()).toEqual([
    'held;fake;;1.00;RUB;',
    'held;fake;;2.00;RUB;',
    'refund;fake;;-1.00;RUB;',
    'released;fake;;-2.00;RUB;',
    'sale;fake;month;299.00;RUB;',
  ])
})

test('what was written off is in the report, and the file still adds up to what providers owe', async () => {
  const pay = async (minor: bigint) => {
    const invoice = await world.openInvoice(await world.addCustomer())
    world.provider.pay(invoice.reference, money(minor, 'RUB'))
    await world.shop.settlePayment(invoice.paymentId)
    return invoice
  }
  const sumOfFile = async () => (await readFile()).reduce((sum, line) => sum + Number(line.split(';')[3]), 0)
  const before = await sumOfFile()
  const lost = await pay(29_900n)
  const unclaimed = await pay(100n)
  world.provider.answer(lost.reference, { kind: 'pending' })
  world.clock.advance(2 * hourMs)
  await world.shop.reconcilePayments()
  for (const { paymentId } of [lost, unclaimed])
    expect(await world.shop.writeOff(owner, paymentId)).toMatchObject({ kind: 'written_off' })
  expect(await report()).toMatchObject({ writtenOff: [money(29_800n, 'RUB')] })
  expect(await readFile()).toContain('written_off;fake;;-299.00;RUB;')
  expect(await sumOfFile()).toBeCloseTo(before + 1, 2)
})

test('the days of a month are those of the shop, in the currency of most sales', async () => {
  const seen = await world.shop.listReportDays(owner, '2026-11' as Month)
  if (seen.kind !== 'seen') throw new Error(seen.kind)
  const { currency, days } = seen.value
  expect([currency, days.length]).toEqual(['RUB', 30])
  expect(days.reduce((sum, { sold }) => sum + sold, 0n)).toBe(59_800n)
  const november = await report('2026-11' as Month)
  const earned = november.revenue.reduce((sum, { amount }) => sum + amount.minor, 0n)
  expect([earned > 0n, days.reduce((sum, day) => sum + day.earned, 0n)]).toEqual([true, earned])
  expect(await world.shop.listReportDays(404n, '2026-11' as Month)).toEqual({ kind: 'forbidden' })
})

test('whoever may not see payments reads neither', async () => {
  expect(await world.shop.getMonthReport(404n)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.exportMonth(404n, '2026-11' as Month)).toEqual({ kind: 'forbidden' })
})

test.each([
  ['Europe/Moscow', '2026-10-31T21:00:00Z', '2026-11-30T21:00:00Z'],
  ['UTC', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
  ['Pacific/Kiritimati', '2026-10-31T10:00:00Z', '2026-11-30T10:00:00Z'],
  ['America/New_York', '2026-11-01T04:00:00Z', '2026-12-01T05:00:00Z'],
  ['Pacific/Niue', '2026-11-01T11:00:00Z', '2026-12-01T11:00:00Z'],
])('November in %s', (zone, from, until) => {
  expect(rangeOf('2026-11' as Month, zone)).toEqual({ from: new Date(from), until: new Date(until) })
  expect(monthOf(new Date(from), zone)).toBe('2026-11')
  expect(monthOf(new Date(new Date(until).getTime() - 1), zone)).toBe('2026-11')
})

test('months are counted over the year', () => {
  expect(addMonths('2026-12' as Month, 1)).toBe('2027-01')
  expect(addMonths('2026-01' as Month, -1)).toBe('2025-12')
  expect([isMonth('2026-11'), isMonth('2026-13'), isMonth('11-2026'), isMonth('')]).toEqual([true, false, false, false])
})
