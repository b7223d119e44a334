import { type CustomerId, type CustomerNotification, dayMs, hourMs, minuteMs, money } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop
let crashAt: string | null
let diesOnce: string | null

beforeEach(async () => {
  crashAt = null
  diesOnce = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      const isLast = name === diesOnce
      if (isLast) diesOnce = null
      if (isLast || name === crashAt) throw new Error(`died at ${name}`)
    },
  })
  await world.addServer()
})
afterEach(() => world.close())

const roubles = (major: number) => money(BigInt(major) * 100n, 'RUB')
const price = 29_900n

/** Who has bought a month now. */
async function addBuyer(): Promise<CustomerId> {
  const customer = await world.addCustomer()
  await buy(customer)
  return customer.id
}

async function buy(customer: Parameters<TestShop['openInvoice']>[0], planCode = 'month'): Promise<string> {
  const { paymentId, reference } = await world.openInvoice(customer, planCode)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return paymentId
}

let requests = 0
async function topUp(customerId: CustomerId, minor: bigint): Promise<void> {
  const amount = money(minor, 'RUB')
  const wish = { customerId, providerId: 'fake', amount, planId: null, returnUrl: '', description: '' }
  requests += 1
  const invoice = await world.shop.startTopUp({ ...wish, requestId: `t${requests}` })
  if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
  world.provider.pay(`inv-${invoice.paymentId}`)
  await world.shop.settlePayment(invoice.paymentId)
}

const turnOn = (id: CustomerId, minor = price) => world.shop.switchRenewalOn(id, { source: 'balance', minor })
const daysOf = async (id: CustomerId) => (await world.shop.getSubscription(id))?.daysLeft ?? 0
const balanceOf = async (id: CustomerId) => (await world.shop.getBalance(id)).amounts[0]?.minor ?? 0n

/** Time passes by half an hour, and the jobs run. */
async function pass(ms: number, stepMs = 30 * minuteMs): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    world.clock.advance(stepMs)
    await world.shop.expireSubscriptions()
    await world.shop.renewSubscriptions()
    await world.shop.remindExpiry()
  }
}

/** To so many hours before the end of a month that was bought now. */
async function passToEnd(hours: number): Promise<void> {
  world.clock.advance(26 * dayMs)
  await pass(4 * dayMs - hours * hourMs)
}

/** The end is announced, and the next thing to do is to charge. */
async function comeToATry(): Promise<void> {
  world.clock.advance(29 * dayMs)
  await world.shop.renewSubscriptions()
  world.clock.advance(13 * hourMs)
}

async function told(id: CustomerId): Promise<CustomerNotification[]> {
  const rows = await world.fixture.database
    .em()
    .execute<{ content: CustomerNotification }[]>(
      `select content from notifications where customer_id = ? and content->>'kind' not in ('key_ready', 'topped_up') order by created_at, id`,
      [id],
    )
  return rows.map(({ content }) => content)
}
const kindsTold = async (id: CustomerId) => (await told(id)).map(({ kind }) => kind)
const changePrice = (minor: bigint) =>
  world.fixture.database.em().execute(`update plans set price_minor = ? where code = 'month'`, [minor])

describe('a renewal from the balance', () => {
  test('is announced twice, charged once before the end, and is a sale like any other', async () => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    expect(await turnOn(id)).toBe('on')
    await passToEnd(-30)
    expect(await kindsTold(id)).toEqual(['renewal_announced', 'renewal_announced', 'renewed'])
    expect((await told(id))[2]).toMatchObject({ days: 30, charged: { minor: '29900', currency: 'RUB' } })
    expect(await balanceOf(id)).toBe(20_100n)
    expect(await daysOf(id)).toBe(29)
    const { lines } = await world.shop.listPayments({ customerId: id })
    expect(lines.filter(({ provider }) => provider === 'balance')).toMatchObject([{ state: 'paid' }])
    expect(await world.shop.checkBooks()).toEqual([])
    expect(await world.shop.getRenewal(id)).toMatchObject({ isOn: true, missing: roubles(98) })
  })

  test('says when and how much, and reminds in no other words', async () => {
    const id = await addBuyer()
    await turnOn(id)
    await passToEnd(23)
    const [first] = await told(id)
    const chargeAt = new Date('2026-12-20T21:00:00Z').toISOString()
    const missing = { minor: '29900', currency: 'RUB' }
    expect(first).toMatchObject({ kind: 'renewal_announced', chargeAt, was: null, missing, amount: missing })
    expect(await kindsTold(id)).toEqual(['renewal_announced', 'renewal_announced'])
  })

  test('that lacks money is tried on its schedule, told of, and ends with a word', async () => {
    const id = await addBuyer()
    await turnOn(id)
    await passToEnd(-60)
    expect(await kindsTold(id)).toEqual([
      'renewal_announced',
      'renewal_announced',
      'renewal_failed',
      'renewal_failed',
      'expired',
      'renewal_stopped',
    ])
    expect((await told(id)).at(-1)).toMatchObject({ reason: 'failed' })
    expect(await world.shop.getRenewal(id)).toMatchObject({ isOn: false, offReason: 'failed' })
    await topUp(id, 100_000n)
    await pass(dayMs)
    expect(await balanceOf(id)).toBe(100_000n)
  })

  test('takes money that comes after a failed try at once, also after the end', async () => {
    const id = await addBuyer()
    await turnOn(id)
    await passToEnd(-3)
    expect((await world.shop.getSubscription(id))?.standing).toBe('expired')
    await topUp(id, 29_900n)
    await pass(15 * minuteMs)
    expect((await world.shop.getSubscription(id))?.standing).toBe('active')
    expect(await daysOf(id)).toBe(30)
    expect(await world.shop.getRenewal(id)).toMatchObject({ isOn: true })
    await pass(2 * dayMs)
    expect(await balanceOf(id)).toBe(0n)
    expect(await kindsTold(id)).not.toContain('renewal_stopped')
  })
})

describe('the price', () => {
  test('that rose before an announcement is said in it, and taken', async () => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    await turnOn(id)
    await passToEnd(30)
    await changePrice(39_900n)
    await pass(20 * hourMs)
    const [, second] = await told(id)
    expect(second).toMatchObject({ amount: { minor: '39900' }, was: { minor: '29900' } })
    expect(await balanceOf(id)).toBe(10_100n)
  })

  test.each([
    [39_900n, 20_100n],
    [9_900n, 40_100n],
  ])('that is %i after the last announcement never makes the charge more than was announced', async (minor, left) => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    await turnOn(id)
    await passToEnd(13)
    await changePrice(minor)
    await pass(2 * hourMs)
    expect(await balanceOf(id)).toBe(left)
    expect(await daysOf(id)).toBe(31)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('is the customer’s own, with a discount that stays', async () => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    await world.shop.setPersonalDiscount(owner, id, { percent: 50, days: null })
    expect(await turnOn(id)).toBe('price_changed')
    expect(await turnOn(id, 14_950n)).toBe('on')
    await passToEnd(11)
    expect(await balanceOf(id)).toBe(35_050n)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('of another screen is not agreed to', async () => {
    const id = await addBuyer()
    expect(await turnOn(id, 19_900n)).toBe('price_changed')
    expect(await turnOn(id, 10n ** 18n)).toBe('price_changed')
    expect(await world.shop.getRenewal(id)).toMatchObject({ isOn: false })
  })
})

describe('switching', () => {
  test('off means no charge from then on, whatever was announced', async () => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    await turnOn(id)
    await passToEnd(13)
    await world.shop.switchRenewalOff(id)
    await world.shop.switchRenewalOff(id)
    await pass(3 * dayMs)
    expect(await balanceOf(id)).toBe(50_000n)
    expect(await kindsTold(id)).toEqual(['renewal_announced', 'renewal_announced', 'expiring', 'expiring', 'expired'])
    expect(await world.shop.getRenewal(id)).toMatchObject({ isOn: false, offReason: 'customer' })
  })

  test('off while the charge runs: either it was charged before, or never', async () => {
    for (let round = 0; round < 8; round++) {
      const id = await addBuyer()
      await topUp(id, 29_900n)
      await turnOn(id)
      await comeToATry()
      const [, balance] = await Promise.all([
        world.shop.renewSubscriptions(),
        world.shop.switchRenewalOff(id).then(() => balanceOf(id)),
        world.shop.renewSubscriptions(),
      ])
      await world.shop.renewSubscriptions()
      expect(await balanceOf(id)).toBe(balance)
    }
  })

  test('on twice at once is on, and the second press changes nothing', async () => {
    const id = await addBuyer()
    expect(await Promise.all([turnOn(id), turnOn(id)])).toEqual(['on', 'on'])
  })

  test('on is refused to who tried only, was banned, has nothing, or has ended', async () => {
    const stranger = await world.addCustomer()
    expect(await turnOn(stranger.id)).toBe('plan_gone')
    expect(await world.shop.getRenewal(stranger.id)).toBeNull()
    await world.shop.startTrial(stranger.id)
    expect(await turnOn(stranger.id)).toBe('plan_gone')
    const banned = await addBuyer()
    await world.shop.banCustomer(owner, banned)
    expect(await turnOn(banned)).toBe('banned')
    const ended = await addBuyer()
    world.clock.advance(31 * dayMs)
    expect(await turnOn(ended)).toBe('ended')
  })

  test('on within the last hours charges at the next try, of which the screen spoke', async () => {
    const id = await addBuyer()
    await topUp(id, 29_900n)
    world.clock.advance(30 * dayMs - 8 * hourMs)
    const state = await world.shop.getRenewal(id)
    expect(state?.chargeAt).toEqual(new Date('2026-12-21T03:00:00Z'))
    await turnOn(id)
    await pass(hourMs)
    expect(await balanceOf(id)).toBe(29_900n)
    await pass(2 * hourMs)
    expect(await balanceOf(id)).toBe(0n)
  })
})

describe('one charge for one end', () => {
  test.each(['renewal:before-commit', 'renewal:committed'])('whoever dies at %s', async (checkpoint) => {
    const id = await addBuyer()
    await topUp(id, 100_000n)
    await turnOn(id)
    await passToEnd(13)
    crashAt = checkpoint
    world.clock.advance(2 * hourMs)
    await expect(world.shop.renewSubscriptions()).rejects.toThrow('died')
    crashAt = null
    await pass(14 * hourMs)
    expect(await balanceOf(id)).toBe(70_100n)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('however many processes try at once', async () => {
    const id = await addBuyer()
    await topUp(id, 100_000n)
    await turnOn(id)
    await passToEnd(13)
    world.clock.advance(2 * hourMs)
    await Promise.all(Array.from({ length: 8 }, () => world.shop.renewSubscriptions()))
    expect(await balanceOf(id)).toBe(70_100n)
    expect(await daysOf(id)).toBe(31)
  })

  test('one that breaks does not stop the others', async () => {
    const [first, second] = [await addBuyer(), await addBuyer()]
    for (const id of [first, second]) await topUp(id, 29_900n)
    for (const id of [first, second]) await turnOn(id)
    await comeToATry()
    diesOnce = 'renewal:before-commit'
    await expect(world.shop.renewSubscriptions()).rejects.toThrow('died')
    expect((await balanceOf(first)) + (await balanceOf(second))).toBe(29_900n)
    await world.shop.renewSubscriptions()
    expect(await balanceOf(first)).toBe(0n)
    expect(await balanceOf(second)).toBe(0n)
  })
})

describe('an end that moves', () => {
  test('by a purchase by hand is announced anew, for the new end', async () => {
    const customer = await world.addCustomer()
    const { id } = customer
    await buy(customer)
    await topUp(id, 50_000n)
    await turnOn(id)
    await passToEnd(20)
    await buy(customer)
    await pass(2 * dayMs)
    expect(await balanceOf(id)).toBe(50_000n)
    world.clock.advance(26 * dayMs)
    await pass(3 * dayMs)
    expect(await kindsTold(id)).toEqual([
      'renewal_announced',
      'renewal_announced',
      'renewed',
      'renewal_announced',
      'renewal_announced',
      'renewed',
    ])
    expect(await balanceOf(id)).toBe(20_100n)
  })

  test('nearer, by days that are taken back, is announced before it is charged', async () => {
    const id = await addBuyer()
    await world.shop.giveDays(owner, id, { days: 20, requestId: 'g' })
    await topUp(id, 50_000n)
    await turnOn(id)
    world.clock.advance(30 * dayMs - 10 * hourMs)
    const before = await world.shop.getSubscription(id)
    expect(before?.daysLeft).toBe(21)
    await world.shop.takeBackDays(owner, id, 'g')
    await pass(hourMs)
    expect((await kindsTold(id)).filter((kind) => kind.startsWith('rene'))).toEqual(['renewal_announced'])
    await pass(5 * hourMs)
    expect((await kindsTold(id)).filter((kind) => kind.startsWith('rene'))).toEqual(['renewal_announced', 'renewed'])
  })
})

describe('it goes off by itself', () => {
  test('when the plan is not sold any more, and reminders come again', async () => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    await turnOn(id)
    await world.fixture.database.em().execute(`update plans set is_active = false where code = 'month'`)
    await passToEnd(-1)
    expect((await kindsTold(id)).toSorted()).toEqual(['expired', 'expiring', 'expiring', 'expiring', 'renewal_stopped'])
    expect(await balanceOf(id)).toBe(50_000n)
  })

  test('when the last purchase is given back', async () => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    await turnOn(id)
    await passToEnd(11)
    const [payment] = (await world.shop.listPayments({ customerId: id })).lines
    const wish = { paymentId: payment!.id, minor: null, requestId: 'r', byHand: false }
    expect(await world.shop.requestRefund(owner, wish)).toMatchObject({ kind: 'booked' })
    expect(await balanceOf(id)).toBe(50_000n)
    expect(await told(id)).toContainEqual({ kind: 'renewal_stopped', reason: 'refunded', planId: null })
    await pass(2 * dayMs)
    expect(await balanceOf(id)).toBe(50_000n)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('never for a ban, which only keeps it from charging', async () => {
    const id = await addBuyer()
    await topUp(id, 50_000n)
    await turnOn(id)
    await world.shop.banCustomer(owner, id)
    await passToEnd(5)
    expect(await balanceOf(id)).toBe(50_000n)
    expect(await kindsTold(id)).toEqual([])
    await world.shop.unbanCustomer(owner, id)
    await pass(5 * hourMs)
    expect(await balanceOf(id)).toBe(50_000n)
    expect(await kindsTold(id)).toContain('renewal_announced')
    await pass(25 * hourMs)
    expect(await balanceOf(id)).toBe(20_100n)
  })
})

test('an announcement that waited until it was switched off, or the end had moved, is not told', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  await turnOn(customer.id)
  await passToEnd(70)
  const em = world.fixture.database.em()
  const [row] = await em.execute<{ id: string }[]>(
    `select id from notifications where content->>'kind' = 'renewal_announced'`,
  )
  expect(await world.shop.checkNotification(row!.id)).toMatchObject({ notification: { kind: 'renewal_announced' } })
  await world.shop.switchRenewalOff(customer.id)
  expect(await world.shop.checkNotification(row!.id)).toBeNull()
})
