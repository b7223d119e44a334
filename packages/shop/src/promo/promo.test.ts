import { dayMs, money, type PromoGift } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, roubles, type TestShop } from '../testing.ts'
import type { PromoDraft } from './promo-draft.ts'

const owner = 1n
let world: TestShop
let crashes = false
beforeEach(async () => {
  crashes = false
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (crashes && name === 'promo:before-commit') throw new Error('died')
    },
  })
  await world.addServer()
})
afterEach(() => world.close())

const week: PromoGift = { kind: 'days', days: 7 }
const hundred: PromoGift = { kind: 'balance', amount: money(10_000n, 'RUB') }
const draft = (code: string | null, gift: PromoGift): PromoDraft => ({
  code,
  gift,
  mostUses: null,
  mostUsesEach: 1,
  isForNewcomers: false,
  plans: null,
  startsAt: null,
  endsAt: null,
})
const create = (code: string | null, gift: PromoGift, more: Partial<PromoDraft> = {}) =>
  world.shop.createPromo(owner, { ...draft(code, gift), ...more })
const daysOf = async (id: `cus_${string}`) => (await world.shop.getSubscription(id))?.daysLeft ?? 0

test('a code gives its days once, however it is typed and how often at once', async () => {
  expect(await create('Winter-7', week)).toEqual({ kind: 'created', code: 'WINTER-7' })
  const { id } = await world.addCustomer()
  const all = await Promise.all(Array.from({ length: 10 }, () => world.shop.redeemPromo(id, ' winter-7 ')))
  expect(all.filter(({ kind }) => kind === 'days')).toHaveLength(1)
  expect(all.filter(({ kind }) => kind === 'already_used')).toHaveLength(9)
  expect(await daysOf(id)).toBe(7)
})

test('a code gives balance that is no revenue', async () => {
  await create('HUNDRED', hundred)
  const { id } = await world.addCustomer()
  expect(await world.shop.redeemPromo(id, 'HUNDRED')).toEqual({ kind: 'balance', amount: roubles(100) })
  expect(await world.shop.getBalance(id)).toMatchObject({
    amounts: [roubles(100)],
    lines: [{ cause: 'credit', amount: roubles(100) }],
  })
  expect(await world.shop.getDashboard(owner)).toMatchObject({ value: { sales: { today: [] } } })
  expect(await world.shop.checkBooks()).toEqual([])
})

test('the last use goes to one of fifty who race for it', async () => {
  await create('LAST', week, { mostUses: 1 })
  const people: `cus_${string}`[] = []
  for (let count = 0; count < 50; count++) people.push((await world.addCustomer()).id)
  const all = await Promise.all(people.map((id) => world.shop.redeemPromo(id, 'LAST')))
  expect(all.filter(({ kind }) => kind === 'days')).toHaveLength(1)
  expect(all.filter(({ kind }) => kind === 'used_up')).toHaveLength(49)
})

test('a code ends, is stopped, is for newcomers, is not for the banned', async () => {
  const { id } = await world.addCustomer()
  await create('SHORT', week, { endsAt: new Date(world.clock.now().getTime() + dayMs) })
  await create('STOPPED', week)
  await create('FRESH', week, { isForNewcomers: true })
  await create('ANY', week)
  expect(await world.shop.stopPromo(owner, 'STOPPED')).toEqual({ kind: 'stopped' })
  expect(await world.shop.redeemPromo(id, 'STOPPED')).toEqual({ kind: 'unknown' })
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer('Boris'))
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  const boris = (await world.shop.findPaymentLine(paymentId))!.customerId
  expect(await world.shop.redeemPromo(boris, 'FRESH')).toEqual({ kind: 'newcomers_only' })
  expect(await world.shop.redeemPromo(id, 'FRESH')).toMatchObject({ kind: 'days' })
  world.clock.advance(dayMs)
  expect(await world.shop.redeemPromo(id, 'SHORT')).toEqual({ kind: 'over' })
  await world.shop.banCustomer(owner, id)
  expect(await world.shop.redeemPromo(id, 'ANY')).toEqual({ kind: 'banned' })
})

test('whoever dies while redeeming has taken no use', async () => {
  await create('ONCE', hundred, { mostUses: 1 })
  const { id } = await world.addCustomer()
  crashes = true
  await expect(world.shop.redeemPromo(id, 'ONCE')).rejects.toThrow('died')
  crashes = false
  expect(await world.shop.redeemPromo(id, 'ONCE')).toMatchObject({ kind: 'balance' })
})

test.each([
  ['a b', week, {}, 'invalid_code'],
  ['x'.repeat(10_000), week, {}, 'invalid_code'],
  ['GOOD', { kind: 'days', days: 0 }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'days', days: 1.5 }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'days', days: 367 }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'balance', amount: money(-1n, 'RUB') }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'balance', amount: money(10n ** 15n, 'RUB') }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'discount', size: { kind: 'percent', percent: 0 } }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'discount', size: { kind: 'percent', percent: 91 } }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'discount', size: { kind: 'percent', percent: 1.5 } }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'discount', size: { kind: 'amount', amount: money(0n, 'RUB') } }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'discount', size: { kind: 'amount', amount: money(10n ** 15n, 'RUB') } }, {}, 'invalid_gift'],
  ['GOOD', { kind: 'discount', size: { kind: 'amount', amount: money(100n, 'USDT') } }, {}, 'invalid_currency'],
  ['GOOD', week, { mostUses: 0 }, 'invalid_uses'],
  ['GOOD', week, { mostUsesEach: 2 }, 'invalid_uses_each'],
  ['GOOD', week, { plans: ['pln_month000000000000000'] }, 'invalid_plans'],
  ['GOOD', week, { endsAt: new Date('2020-01-01') }, 'over_already'],
] as const)('a code %j that cannot be right is refused (%#)', async (code, gift, more, kind) => {
  expect(await create(code, gift, more)).toEqual({ kind })
})

test('a code is taken once, and only staff with a role make, see or stop one', async () => {
  await create('MINE', week)
  expect(await create('mine', hundred)).toEqual({ kind: 'taken' })
  expect(await world.shop.createPromo(404n, draft(null, week))).toEqual({ kind: 'forbidden' })
  expect(await world.shop.listPromos(404n)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.stopPromo(404n, 'MINE')).toEqual({ kind: 'forbidden' })
  expect(await world.shop.listPromos(owner)).toMatchObject({ value: [{ code: 'MINE', gift: week, uses: 0 }] })
  expect(await create(null, week)).toMatchObject({ kind: 'created', code: expect.stringMatching(/^[A-Z0-9]{8}$/) })
})

test('many codes are made by one button, once, each for one use, and come as a file', async () => {
  const many = { ...draft('spring', { kind: 'discount', size: { kind: 'percent', percent: 20 } }), mostUses: 1 }
  await world.shop.remember('bot:client', { username: 'fox_bot' })
  const make = () => world.shop.createPromos(owner, { ...many, count: 1500, requestId: 'one' })
  const [first, second] = [await make(), await make()]
  if (first.kind !== 'created') throw new Error(first.kind)
  expect(second).toEqual(first)
  const seen = await world.shop.exportPromoBatch(owner, first.batchId)
  if (seen.kind !== 'seen' || !seen.value) throw new Error(seen.kind)
  const lines = Buffer.from(seen.value.body).toString().trim().split('\r\n')
  expect(lines).toHaveLength(1501)
  expect(lines[1]).toMatch(/^SPRING-[0-9A-Z]{8};https:\/\/t\.me\/fox_bot\?start=promo_SPRING-[0-9A-Z]{8};0;1$/)
  const code = lines[1]!.split(';')[0]!
  expect(await world.shop.redeemPromo((await world.addCustomer()).id, code)).toMatchObject({ kind: 'discount', code })
  expect(await world.shop.listPromos(owner)).toEqual({ kind: 'seen', value: [] })
  expect(await world.shop.listPromoBatches(owner)).toMatchObject({ value: [{ prefix: 'SPRING-', count: 1500 }] })
  expect(await world.shop.stopPromoBatch(owner, first.batchId)).toEqual({ kind: 'stopped' })
  expect(await world.shop.stopPromoBatch(owner, first.batchId)).toEqual({ kind: 'unknown' })
  expect(await world.shop.redeemPromo((await world.addCustomer()).id, code)).toEqual({ kind: 'unknown' })
  expect(await world.shop.listPromoBatches(owner)).toEqual({ kind: 'seen', value: [] })
})

test('no more codes are made at once than the shop says, and by staff with a role only', async () => {
  const many = { ...draft('X', week), mostUses: 1, requestId: 'many' }
  for (const count of [0, 1.5, 5001, 10 ** 15])
    expect(await world.shop.createPromos(owner, { ...many, count })).toEqual({ kind: 'invalid_count' })
  expect(await world.shop.createPromos(owner, { ...many, code: 'x'.repeat(30), count: 2 })).toEqual({
    kind: 'invalid_code',
  })
  expect(await world.shop.createPromos(404n, { ...many, count: 2 })).toEqual({ kind: 'forbidden' })
  expect(await world.shop.exportPromoBatch(404n, 'btc_0000')).toEqual({ kind: 'forbidden' })
  expect(await world.shop.exportPromoBatch(owner, 'btc_0000')).toEqual({ kind: 'seen', value: null })
  expect(await world.shop.stopPromoBatch(404n, 'btc_0000')).toEqual({ kind: 'forbidden' })
  expect(await world.shop.listPromoBatches(404n)).toEqual({ kind: 'forbidden' })
})
