import { hourMs, minuteMs } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type MoneyLine, readBooks } from './books.ts'

let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterAll(() => world.close())

const daysOf = async (customerId: `cus_${string}`) => (await world.shop.getSubscription(customerId))?.daysLeft ?? 0
const ring = (reference: string) =>
  world.shop.receiveWebhook('fake', {
    body: new TextEncoder().encode(`paid ${reference}`),
    headers: {},
    sourceIp: '127.0.0.1',
  })
const notifications = (customerId: string, prefix: string) =>
  world.fixture.database
    .em()
    .execute<{ key: string; state: string; content: object }[]>(
      'select key, state, content from notifications where customer_id = ? and key like ?',
      [customerId, `${prefix}%`],
    )

describe('settling a payment', () => {
  test('grants the month, books the sale and releases the key once the endpoint agreed', async () => {
    const anna = await world.addCustomer()
    const { paymentId, reference } = await world.openInvoice(anna)
    world.provider.pay(reference)
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
    expect((await world.shop.getSubscription(anna.id))?.isPreparing).toBe(true)
    expect(await notifications(anna.id, 'paid:')).toMatchObject([{ state: 'held' }])

    await world.processAll()
    expect(await notifications(anna.id, 'paid:')).toMatchObject([{ state: 'queued' }])
    expect(await daysOf(anna.id)).toBe(30)
    expect((await world.shop.getKey(anna.id))?.waysIn).toHaveLength(1)
    const books: MoneyLine[] = await readBooks(world, paymentId)
    expect(books).toEqual([
      { account: 'deferred', minor: -29900n },
      { account: 'provider:fake', minor: 29900n },
    ])
  })

  test('ten webhooks, ten checks and a sweep at once extend once', async () => {
    const boris = await world.addCustomer('Boris')
    const { paymentId, reference } = await world.openInvoice(boris)
    world.provider.pay(reference)
    const results = await Promise.all([
      ...Array.from({ length: 10 }, () => ring(reference)),
      ...Array.from({ length: 10 }, () => world.shop.settlePayment(paymentId)),
      ...Array.from({ length: 5 }, () => world.shop.checkPayment(boris.id, paymentId)),
      world.shop.sweepPayments(),
    ])
    expect(results.filter((result) => typeof result === 'object' && result.kind === 'settled')).toHaveLength(1)
    await world.processAll()
    expect(await daysOf(boris.id)).toBe(30)
    expect(await readBooks(world, paymentId)).toHaveLength(2)
    expect(await notifications(boris.id, 'paid:')).toHaveLength(1)
  })

  test('a webhook that is replayed after a year, its record long thrown away, changes nothing', async () => {
    const kira = await world.addCustomer('Kira')
    const { paymentId, reference } = await world.openInvoice(kira)
    world.provider.pay(reference)
    await ring(reference)
    await world.processAll()
    world.clock.advance(366 * 24 * 60 * 60 * 1000)
    await world.shop.cleanUp()
    const em = world.fixture.database.em()
    expect(await em.execute('select id from payment_webhooks where reference = ?', [reference])).toEqual([])
    const before = [await readBooks(world, paymentId), await notifications(kira.id, ''), await daysOf(kira.id)]
    for (const _ of [1, 2]) await ring(reference)
    await world.processAll()
    const after = [await readBooks(world, paymentId), await notifications(kira.id, ''), await daysOf(kira.id)]
    expect(after).toEqual(before)
  })

  test('a plan bought twice lasts twice as long', async () => {
    const vera = await world.addCustomer('Vera')
    for (const _ of [1, 2]) {
      const { paymentId, reference } = await world.openInvoice(vera)
      world.provider.pay(reference)
      await world.shop.settlePayment(paymentId)
    }
    await world.processAll()
    expect(await daysOf(vera.id)).toBe(60)
    expect(world.vless.created.filter((name) => name === [...world.vless.accounts.keys()].at(-1))).toHaveLength(1)
  })

  test('less than was asked, or another currency, grants nothing and calls a human', async () => {
    for (const received of [roubles(298.99), { minor: 29900n, currency: 'USD' as const }]) {
      const gleb = await world.addCustomer('Gleb')
      const { paymentId, reference } = await world.openInvoice(gleb)
      world.provider.pay(reference, received)
      expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'mismatch' })
      expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'mismatch' })
      expect(await world.shop.getSubscription(gleb.id)).toBeNull()
      const [{ content: notification } = { content: null }, ...more] = await notifications(gleb.id, 'mismatch:')
      expect(more).toEqual([])
      expect(notification).toMatchObject({
        sums: {
          asked: { minor: '29900', currency: 'RUB' },
          received: { minor: String(received.minor), currency: received.currency },
        },
      })
      const told = await world.fixture.database
        .em()
        .execute(
          `select 1 from alert_events where content->>'kind' = 'payment_mismatch' and content->>'paymentId' = ?`,
          [paymentId],
        )
      expect(told).toHaveLength(1)
      expect(await readBooks(world, paymentId)).toEqual([
        { account: 'provider:fake', minor: received.minor },
        { account: 'suspense', minor: -received.minor },
      ])
    }
  })

  test('a mismatch that is topped up to the full price leaves nothing in suspense', async () => {
    const dina = await world.addCustomer('Dina')
    const { paymentId, reference } = await world.openInvoice(dina)
    world.provider.pay(reference, roubles(100))
    await world.shop.settlePayment(paymentId)
    world.provider.pay(reference)
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
    expect(await readBooks(world, paymentId)).toEqual([
      { account: 'deferred', minor: -29900n },
      { account: 'provider:fake', minor: 29900n },
      { account: 'suspense', minor: 0n },
    ])
  })

  test('more than was asked is granted, and the surplus is the customer’s', async () => {
    const egor = await world.addCustomer('Egor')
    const { paymentId, reference } = await world.openInvoice(egor)
    world.provider.pay(reference, roubles(300))
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
    expect(await readBooks(world, paymentId)).toEqual([
      { account: `customer:${egor.id}`, minor: -100n },
      { account: 'deferred', minor: -29900n },
      { account: 'provider:fake', minor: 30000n },
    ])
  })

  test('money that comes after the invoice expired is still honoured', async () => {
    const zoya = await world.addCustomer('Zoya')
    const { paymentId, reference } = await world.openInvoice(zoya)
    world.clock.advance(2 * hourMs)
    world.provider.cancel(reference, 'expired')
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'canceled', reason: 'expired' })
    world.provider.pay(reference)
    await ring(reference)
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
    expect(await daysOf(zoya.id)).toBe(30)
  })

  test.each(['insufficient_funds', 'canceled_by_shop', 'unknown'] as const)(
    'canceled (%s), then paid: the money is honoured, once by ten at once, and said',
    async (reason) => {
      const olga = await world.addCustomer('Olga')
      const { paymentId, reference } = await world.openInvoice(olga)
      world.provider.cancel(reference, reason)
      await ring(reference)
      expect(await world.shop.settlePayment(paymentId)).toMatchObject({ kind: 'canceled' })
      world.provider.pay(reference)
      await Promise.all(Array.from({ length: 10 }, () => ring(reference)))
      const settled = await Promise.all(Array.from({ length: 10 }, () => world.shop.settlePayment(paymentId)))
      expect(settled.filter(({ kind }) => kind === 'settled')).toHaveLength(1)
      expect([await daysOf(olga.id), (await notifications(olga.id, 'paid:')).length]).toEqual([30, 1])
    },
  )

  test('a lost webhook is found by the sweep', async () => {
    const ivan = await world.addCustomer('Ivan')
    const { reference } = await world.openInvoice(ivan)
    const settled: string[] = []
    await world.queue.work('settle-payment', async ({ paymentId }) => {
      settled.push((await world.shop.settlePayment(paymentId as `pay_${string}`)).kind)
    })
    world.provider.pay(reference)
    world.clock.advance(hourMs)
    await world.shop.sweepPayments()
    await expect.poll(() => daysOf(ivan.id), { timeout: 10_000 }).toBe(30)
  })

  test('a canceled payment says why, once', async () => {
    const kira = await world.addCustomer('Kira')
    const { paymentId, reference } = await world.openInvoice(kira)
    world.provider.cancel(reference, 'insufficient_funds')
    await Promise.all([1, 2, 3].map(() => world.shop.settlePayment(paymentId)))
    expect(await notifications(kira.id, 'canceled:')).toHaveLength(1)
  })

  test('somebody else’s payment is unknown to "check payment"', async () => {
    const [lev, mallory] = [await world.addCustomer('Lev'), await world.addCustomer('Mallory')]
    const { paymentId, reference } = await world.openInvoice(lev)
    world.provider.pay(reference)
    expect(await world.shop.checkPayment(mallory.id, paymentId)).toEqual({ kind: 'unknown_payment' })
    expect(await daysOf(lev.id)).toBe(0)
  })

  test('a forged webhook is rejected and one for an unknown payment is ignored', async () => {
    const raw = { headers: {}, sourceIp: '127.0.0.1' }
    expect(
      await world.shop.receiveWebhook('fake', { ...raw, body: new TextEncoder().encode('give me a month') }),
    ).toMatchObject({ kind: 'rejected' })
    expect(await ring('inv-of-another-shop')).toEqual({ kind: 'ignored', why: 'unknown_payment' })
    expect(await world.shop.receiveWebhook('nobody', { ...raw, body: new Uint8Array() })).toEqual({
      kind: 'unknown_provider',
    })
  })

  test('a provider that does not answer is asked again later, and nothing is granted meanwhile', async () => {
    const nina = await world.addCustomer('Nina')
    const { paymentId, reference } = await world.openInvoice(nina)
    world.provider.pay(reference)
    world.provider.setDown(true)
    expect(await world.shop.checkPayment(nina.id, paymentId)).toMatchObject({ kind: 'provider_unavailable' })
    expect(await daysOf(nina.id)).toBe(0)
    world.provider.setDown(false)
    world.clock.advance(minuteMs)
    expect(await world.shop.checkPayment(nina.id, paymentId)).toMatchObject({ kind: 'settled' })
  })
})

describe('starting a purchase', () => {
  test('a double tap gets the same invoice, and a lost answer makes no second one', async () => {
    const oleg = await world.addCustomer('Oleg')
    world.provider.loseNextAnswer()
    await expect(world.openInvoice(oleg)).rejects.toThrow('provider_unavailable')
    const taps = await Promise.all([world.openInvoice(oleg), world.openInvoice(oleg), world.openInvoice(oleg)])
    expect(new Set(taps.map((tap) => tap.paymentId)).size).toBe(1)
    expect(
      [...world.provider.invoices.values()].filter((invoice) =>
        taps.some((tap) => tap.paymentId === invoice.paymentId),
      ),
    ).toHaveLength(1)
  })

  test('a webhook that overtakes the answer is adopted by our own id', async () => {
    const pavel = await world.addCustomer('Pavel')
    world.provider.loseNextAnswer()
    await expect(world.openInvoice(pavel)).rejects.toThrow()
    const [reference] = [...world.provider.invoices.keys()].slice(-1)
    world.provider.pay(reference!)
    expect(await ring(reference!)).toEqual({ kind: 'stored' })
    await expect.poll(() => daysOf(pavel.id), { timeout: 10_000 }).toBe(30)
  })
})

describe('a referral', () => {
  test('brings the bonus at the friend’s first payment and never again', async () => {
    const rita = await world.addCustomer('Rita')
    const sasha = await world.addCustomer('Sasha', rita.referralCode)
    for (const _ of [1, 2]) {
      const { paymentId, reference } = await world.openInvoice(sasha)
      world.provider.pay(reference)
      await world.shop.settlePayment(paymentId)
    }
    expect(await daysOf(rita.id)).toBe(7)
    expect(await world.shop.getReferral(rita.id)).toMatchObject({ joined: 1, paid: 1, daysEarned: 7 })
    expect(await notifications(rita.id, 'referral:')).toHaveLength(1)
  })
})
