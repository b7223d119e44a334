import { type Customer, type CustomerId, dayMs, money, type PaymentId, type PlanId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, roubles, type TestShop } from '../testing.ts'

const owner = 1n
let world: TestShop
let fatalStep: string | null = null
let giver: Customer
beforeEach(async () => {
  fatalStep = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name === fatalStep) throw new Error('died')
    },
  })
  await world.addServer()
  giver = await world.addCustomer('Boris')
})
afterEach(async () => {
  expect(await world.shop.checkBooks()).toEqual([])
  await world.close()
})

const planId = async () => (await world.shop.listPlans()).find(({ code }) => code === 'month')!.id

async function buyGift(by: Customer = giver) {
  const terms = { providerId: 'fake', returnUrl: 'https://t.me/x', description: 'VPN' }
  const wish = { customerId: by.id, planId: await planId(), kind: 'gift' as const }
  const started = await world.shop.startPurchase({ ...wish, ...terms, providerId: world.provider.id })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  const [payment] = await world.fixture.database
    .em()
    .execute<{ reference: string }[]>('select reference from payments where id = ?', [started.paymentId])
  world.provider.pay(payment!.reference, started.amount)
  await world.shop.settlePayment(started.paymentId)
  const gift = (await world.shop.listGifts(by.id)).lines[0]!
  return { ...gift, paymentId: started.paymentId, price: started.amount }
}

const accountOf = async (account: string): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ sum: string }[]>('select coalesce(-sum(amount_minor), 0) as sum from ledger_entries where account = ?', [
      account,
    ])
  return Number(row!.sum)
}
const toldOf = async (id: CustomerId, kind: string): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ count: string }[]>(
      `select count(*) as count from notifications where customer_id = ? and content ->> 'kind' = ?`,
      [id, kind],
    )
  return Number(row!.count)
}
const daysOf = async (id: CustomerId) => (await world.shop.getSubscription(id))?.daysLeft ?? 0

test('a gift is owed to nobody in particular until it is activated, and revenue only as its days pass', async () => {
  const gift = await buyGift()
  expect(gift).toMatchObject({ state: 'waiting', days: 30, recipient: null })
  expect(await accountOf('gifts')).toBe(Number(gift.price.minor))
  expect(await accountOf('deferred')).toBe(0)
  expect(await daysOf(giver.id)).toBe(0)
  expect(await toldOf(giver.id, 'gift_ready')).toBe(1)
  world.clock.advance(10 * dayMs)
  expect(await world.shop.recognizeRevenue()).toBe(0)
  const friend = await world.addCustomer('Anna')
  expect(await world.shop.findGift(friend.id, gift.code)).toMatchObject({
    kind: 'waiting',
    giverName: 'Boris',
    days: 30,
  })
  expect(await world.shop.activateGift(friend.id, gift.code)).toMatchObject({ kind: 'activated', days: 30 })
  expect(await daysOf(friend.id)).toBe(30)
  expect([await accountOf('gifts'), await accountOf('deferred')]).toEqual([0, Number(gift.price.minor)])
  expect(await toldOf(giver.id, 'gift_activated')).toBe(1)
  expect(await toldOf(friend.id, 'key_ready')).toBe(1)
  world.clock.advance(40 * dayMs)
  expect(await world.shop.recognizeRevenue()).toBe(1)
  expect(await accountOf('revenue')).toBe(Number(gift.price.minor))
})

test('of twenty who open one link at once one activates it, and the others read that it is taken', async () => {
  const gift = await buyGift()
  const people: Customer[] = []
  for (let count = 0; count < 20; count++) people.push(await world.addCustomer())
  const all = await Promise.all(people.map(({ id }) => world.shop.activateGift(id, gift.code)))
  expect(all.filter(({ kind }) => kind === 'activated')).toHaveLength(1)
  expect(all.filter(({ kind }) => kind === 'taken')).toHaveLength(19)
})

test('pressed ten times at once by one person, it is activated once', async () => {
  const gift = await buyGift()
  const { id } = await world.addCustomer()
  const all = await Promise.all(Array.from({ length: 10 }, () => world.shop.activateGift(id, gift.code)))
  expect(all.filter(({ kind }) => kind === 'activated')).toHaveLength(1)
  expect(all.filter(({ kind }) => kind === 'yours')).toHaveLength(9)
  expect(await daysOf(id)).toBe(30)
})

test.each(['gift:invited', 'gift:before-commit'])(
  'whoever dies at %s has changed nothing, and it works then',
  async (step) => {
    const gift = await buyGift()
    const { id } = await world.addCustomer()
    fatalStep = step
    await expect(world.shop.activateGift(id, gift.code)).rejects.toThrow('died')
    expect(await daysOf(id)).toBe(0)
    fatalStep = null
    expect(await world.shop.activateGift(id, gift.code)).toMatchObject({ kind: 'activated' })
    expect(await daysOf(id)).toBe(30)
  },
)

test('the giver may take the days, and is not told of oneself', async () => {
  const gift = await buyGift()
  expect(await world.shop.findGift(giver.id, gift.code)).toMatchObject({ kind: 'waiting', isOwn: true })
  expect(await world.shop.activateGift(giver.id, gift.code)).toMatchObject({ kind: 'activated' })
  expect(await daysOf(giver.id)).toBe(30)
  expect(await toldOf(giver.id, 'gift_activated')).toBe(0)
  expect(await world.shop.activateGift((await world.addCustomer()).id, gift.code)).toEqual({ kind: 'taken' })
})

test('after 90 days its value is on the giver’s balance, who heard of it a week before', async () => {
  const gift = await buyGift()
  world.clock.advance(82 * dayMs)
  expect(await world.shop.remindGifts()).toBe(0)
  world.clock.advance(dayMs)
  expect([await world.shop.remindGifts(), await world.shop.remindGifts()]).toEqual([1, 0])
  expect(await world.shop.returnGifts()).toBe(0)
  world.clock.advance(7 * dayMs)
  const late = await world.addCustomer()
  expect(await world.shop.activateGift(late.id, gift.code)).toEqual({ kind: 'returned' })
  fatalStep = 'gift-return:before-commit'
  await expect(world.shop.returnGifts()).rejects.toThrow('died')
  fatalStep = null
  expect((await Promise.all([world.shop.returnGifts(), world.shop.returnGifts()])).reduce((a, b) => a + b)).toBe(1)
  expect(await world.shop.getBalance(giver.id)).toMatchObject({
    amounts: [gift.price],
    lines: [{ cause: 'gift_returned', amount: gift.price }],
  })
  expect([await toldOf(giver.id, 'gift_ends_soon'), await toldOf(giver.id, 'gift_returned')]).toEqual([1, 1])
  expect(await accountOf('gifts')).toBe(0)
})

test('a gift that is refunded before anybody activated it is dead at once', async () => {
  const gift = await buyGift()
  const wish = { paymentId: gift.paymentId, minor: null, requestId: 'r1', byHand: false }
  const asked = await world.shop.requestRefund(owner, wish)
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  const { id } = await world.addCustomer()
  expect(await world.shop.activateGift(id, gift.code)).toEqual({ kind: 'refunded' })
  await world.shop.carryOutRefund(asked.refundId)
  expect((await world.shop.getGift(giver.id, gift.id))?.state).toBe('refunded')
  expect(await world.shop.activateGift(id, gift.code)).toEqual({ kind: 'refunded' })
  expect([await accountOf('gifts'), await daysOf(id)]).toEqual([0, 0])
})

test('what is not given back of a dead gift is the giver’s balance, and the rest comes from there', async () => {
  const gift = await buyGift()
  const wish = { paymentId: gift.paymentId, byHand: true }
  await world.shop.requestRefund(owner, { ...wish, minor: 10_000n, requestId: 'r1' })
  const rest = { ...gift.price, minor: gift.price.minor - 10_000n }
  expect((await world.shop.getBalance(giver.id)).amounts).toEqual([rest])
  expect(await world.shop.requestRefund(owner, { ...wish, minor: null, requestId: 'r2' })).toMatchObject({
    amount: rest,
  })
  expect((await world.shop.getBalance(giver.id)).amounts).toEqual([])
})

test.each([0, 5])(
  'a refund of a gift that was activated takes the recipient’s time, who is told; the giver has %i days',
  async (days) => {
    const gift = await buyGift()
    const { id } = await world.addCustomer()
    await world.shop.activateGift(id, gift.code)
    if (days > 0) await world.shop.giveDays(owner, giver.id, { days })
    await world.shop.requestRefund(owner, { paymentId: gift.paymentId, minor: null, requestId: 'r1', byHand: true })
    expect([await daysOf(id), await daysOf(giver.id)]).toEqual([0, days])
    expect([await toldOf(id, 'gift_taken_back'), await toldOf(giver.id, 'refunded')]).toEqual([1, 1])
  },
)

test('what the balance lacks for a gift is paid in, and buys the gift once, by ten webhooks at once', async () => {
  const id = giver.id
  const pay = async (wish: { minor: number; planId: PlanId | null; isGift?: boolean; requestId: string }) => {
    const { minor, ...of } = wish
    const terms = { providerId: 'fake', returnUrl: 'https://t.me/x', description: 'VPN' }
    const started = await world.shop.startTopUp({ customerId: id, amount: money(minor, 'RUB'), ...of, ...terms })
    if (started.kind !== 'invoice') throw new Error(started.kind)
    return started.paymentId
  }
  const settle = (paymentId: PaymentId) => {
    world.provider.pay(`inv-${paymentId}`)
    return Promise.all(Array.from({ length: 10 }, () => world.shop.settlePayment(paymentId)))
  }
  await settle(await pay({ minor: 10_000, planId: null, requestId: 'r1' }))
  const own = await pay({ minor: 19_900, planId: await planId(), requestId: 'r2' })
  const gift = await pay({ minor: 19_900, planId: await planId(), isGift: true, requestId: 'r3' })
  expect(gift).not.toBe(own)
  await settle(gift)
  expect((await world.shop.listGifts(id)).lines).toMatchObject([{ state: 'waiting', days: 30 }])
  expect([await daysOf(id), (await world.shop.getBalance(id)).amounts]).toEqual([0, []])
  expect(await toldOf(id, 'gift_ready')).toBe(1)
})

test('a gift is paid from the balance, once, and its return cannot be refunded once more', async () => {
  const first = await buyGift()
  world.clock.advance(91 * dayMs)
  await world.shop.returnGifts()
  const wish = { customerId: giver.id, planId: await planId(), kind: 'gift' as const, requestId: 'press001' }
  expect(await world.shop.buyFromBalance(wish)).toEqual({ kind: 'bought' })
  expect(await world.shop.buyFromBalance(wish)).toEqual({ kind: 'already_paid' })
  expect(await daysOf(giver.id)).toBe(0)
  const gifts = (await world.shop.listGifts(giver.id)).lines
  expect(gifts.map(({ state }) => state)).toEqual(['waiting', 'returned'])
  world.clock.advance(91 * dayMs)
  await world.shop.returnGifts()
  expect((await world.shop.getBalance(giver.id)).amounts).toEqual([first.price])
  const { lines } = await world.shop.listPayments({ customerId: giver.id })
  const bought = lines.find(({ provider }) => provider === 'balance')!
  expect(bought.isGift).toBe(true)
  const again = { paymentId: bought.id, minor: null, requestId: 'r1', byHand: false }
  expect(await world.shop.requestRefund(owner, again)).toEqual({ kind: 'nothing_to_refund' })
})

test('nobody who is banned activates one; the gift of a giver who is banned stands', async () => {
  const gift = await buyGift()
  const [banned, friend] = [await world.addCustomer(), await world.addCustomer()]
  await world.shop.banCustomer(owner, banned.id)
  expect(await world.shop.activateGift(banned.id, gift.code)).toEqual({ kind: 'banned' })
  await world.shop.banCustomer(owner, giver.id)
  expect(await world.shop.activateGift(friend.id, gift.code)).toMatchObject({ kind: 'activated' })
})

test('whoever is new and comes by a gift was invited by its giver; whoever had something before was not', async () => {
  const inviter = await world.addCustomer('Clara')
  const invited = await world.addCustomer('Dan', inviter.referralCode)
  const [first, second] = [await buyGift(invited), await buyGift(invited)]
  // The gift's payment counts as the giver's.
  expect(await daysOf(inviter.id)).toBe(7)
  const [friend, known] = [await world.addCustomer(), await world.addCustomer()]
  await world.shop.startTrial(known.id)
  await world.shop.activateGift(friend.id, first.code)
  await world.shop.activateGift(known.id, second.code)
  expect(await world.shop.getReferral(invited.id)).toMatchObject({ joined: 1 })
})

test.each(['', 'x', 'a'.repeat(10_240), '\u0430'.repeat(26), "'; drop table gifts", `${'0'.repeat(25)}%`])(
  'what is no code opens nothing: %#',
  async (code) => {
    expect(await world.shop.findGift(giver.id, code)).toEqual({ kind: 'unknown' })
    expect(await world.shop.activateGift(giver.id, code)).toEqual({ kind: 'unknown' })
  },
)

test('a gift of another giver is nobody else’s to look at', async () => {
  const gift = await buyGift()
  expect(await world.shop.getGift((await world.addCustomer()).id, gift.id)).toBeNull()
})

test('a plan and a gift of it that are bought at once are two orders', async () => {
  const { paymentId } = await world.openInvoice(giver)
  const gift = await buyGift()
  expect(gift.paymentId).not.toBe(paymentId)
  expect(gift.price).toEqual(roubles(299))
})

test('staff see of a payment what became of its gift, and on the cards who gave and got', async () => {
  const gift = await buyGift()
  const line = async () => {
    const seen = await world.shop.inspectPayment(owner, gift.paymentId)
    return seen.kind === 'seen' ? seen.value : null
  }
  expect(await line()).toMatchObject({ isGift: true, gift: { state: 'waiting', recipient: null } })
  const vera = await world.addCustomer('Vera')
  await world.shop.activateGift(vera.id, gift.code)
  expect(await line()).toMatchObject({ gift: { state: 'activated', recipient: { id: vera.id, name: 'Vera' } } })
  const giftsOf = async (id: CustomerId) => {
    const seen = await world.shop.getCustomerCard(owner, id)
    return seen.kind === 'seen' ? seen.value?.gifts : null
  }
  expect(await giftsOf(giver.id)).toEqual({ given: 1, waiting: 0, received: 0 })
  expect(await giftsOf(vera.id)).toEqual({ given: 0, waiting: 0, received: 1 })
})
