import {
  type Customer,
  type CustomerId,
  type CustomerNotification,
  dayMs,
  hourMs,
  minuteMs,
  money,
} from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { createFakeCardProvider, createTestShop, type FakeCardProvider, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

let world: TestShop
let shop: Shop
let provider: FakeCardProvider
let diesOnce: string | null

beforeEach(async () => {
  diesOnce = null
  provider = createFakeCardProvider()
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name !== diesOnce) return
      diesOnce = null
      throw new Error(`died at ${name}`)
    },
  })
  shop = world.shopWith(provider)
  await world.addServer()
})
afterEach(() => world.close())

const query = <T extends object>(sql: string, values: unknown[] = []) =>
  world.fixture.database.em().execute<T[]>(sql, values)

async function startToBuy(customer: Customer, savesCard: boolean) {
  const plan = (await shop.listPlans()).find(({ code }) => code === 'month')!
  const wish = {
    customerId: customer.id,
    planId: plan.id,
    providerId: 'fake',
    returnUrl: '',
    description: 'x',
    savesCard,
  }
  const invoice = await shop.startPurchase(wish)
  if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
  return invoice
}

/** A month, with the card that the payer let the provider keep. */
async function buy(customer: Customer, { savesCard = true, methodId = 'secret-of-anna' } = {}): Promise<Customer> {
  const { paymentId } = await startToBuy(customer, savesCard)
  provider.payAndSave(`inv-${paymentId}`, methodId)
  await shop.settlePayment(paymentId)
  return customer
}
const addBuyer = async (bought?: Parameters<typeof buy>[1]) => buy(await world.addCustomer(), bought)

/** Time passes by half an hour, and the jobs run. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 30 * minuteMs) {
    world.clock.advance(30 * minuteMs)
    await shop.expireSubscriptions()
    await shop.renewSubscriptions()
  }
}

/** The end is announced, and the next thing to do is to charge. */
async function comeToATry(): Promise<void> {
  world.clock.advance(29 * dayMs)
  await shop.renewSubscriptions()
  world.clock.advance(13 * hourMs)
}

async function told(id: CustomerId): Promise<CustomerNotification[]> {
  const rows = await query<{ content: CustomerNotification }>(
    `select content from notifications where customer_id = ? and content->>'kind' <> 'key_ready' order by created_at, id`,
    [id],
  )
  return rows.map(({ content }) => content)
}
const kindsTold = async (id: CustomerId) => (await told(id)).map(({ kind }) => kind)
const daysOf = async (id: CustomerId) => (await shop.getSubscription(id))?.daysLeft
const cardsOf = (id: CustomerId) =>
  query<{ secret: string | null; title: string; removed_at: Date | null }>(
    'select secret, title, removed_at from saved_cards where customer_id = ? order by created_at, id',
    [id],
  )
const cardIdOf = async (id: CustomerId) => (await shop.getRenewal(id))!.card!.id
const dies = () => expect(shop.renewSubscriptions()).rejects.toThrow('died at')

describe('a card', () => {
  test('is kept where its customer wished it: sealed, told of, and charged from then on', async () => {
    const { id } = await addBuyer()
    const [card] = await cardsOf(id)
    expect(card).toMatchObject({ title: 'Visa •• 4242', removed_at: null })
    expect(card?.secret).not.toContain('secret-of-anna')
    expect(await told(id)).toEqual([{ kind: 'card_saved', title: 'Visa •• 4242', isOn: true }])
    expect(await shop.getRenewal(id)).toMatchObject({ isOn: true, source: 'card', card: { title: 'Visa •• 4242' } })
  })

  test('is not kept where nobody wished it, whatever the provider says', async () => {
    const { id } = await addBuyer({ savesCard: false })
    expect(await cardsOf(id)).toEqual([])
    expect(await shop.getRenewal(id)).toMatchObject({ isOn: false, card: null, maySaveCard: true })
  })

  test('takes the place of the one before, whose secret is forgotten', async () => {
    const customer = await addBuyer()
    world.clock.advance(minuteMs)
    await buy(customer, { methodId: 'another' })
    expect((await cardsOf(customer.id)).map(({ secret }) => secret !== null)).toEqual([false, true])
  })

  test('is kept beside stars that Telegram charges, and not charged', async () => {
    const customer = await addBuyer({ savesCard: false })
    await query(`insert into renewals (subscription_id, source, next_at, switched_at)
      select id, 'stars', now() + interval '10 years', now() from subscriptions`)
    await buy(customer, { methodId: 'x' })
    expect(await told(customer.id)).toContainEqual({ kind: 'card_saved', title: 'Visa •• 4242', isOn: false })
    expect(await shop.getRenewal(customer.id)).toMatchObject({ source: 'stars', card: { title: 'Visa •• 4242' } })
  })

  test('that the provider may not keep does not stand in the way of a purchase, and staff are told', async () => {
    provider.refuseSaving(true)
    const customer = await world.addCustomer()
    const invoice = await startToBuy(customer, true)
    expect(invoice.card).toBe('refused')
    expect(await startToBuy(customer, true)).toMatchObject({ paymentId: invoice.paymentId, url: invoice.url })
    expect((await startToBuy(customer, false)).card).toBeUndefined()
    expect(await query(`select 1 from alert_events where content->>'of' = 'cards'`)).toHaveLength(1)
    provider.payAndSave(`inv-${invoice.paymentId}`, 'x')
    await shop.settlePayment(invoice.paymentId)
    expect(await cardsOf(customer.id)).toEqual([])
    world.clock.advance(dayMs + minuteMs)
    provider.refuseSaving(false)
    expect((await startToBuy(customer, false)).card).toBe('offered')
    expect((await startToBuy(customer, true)).card).toBe('saves')
  })
})

describe('a renewal from a card', () => {
  test('is announced twice by the card’s name, charged once before the end, and is a sale like any other', async () => {
    const { id } = await addBuyer()
    world.clock.advance(26 * dayMs)
    await pass(4 * dayMs)
    expect(await kindsTold(id)).toEqual(['card_saved', 'renewal_announced', 'renewal_announced', 'renewed'])
    const [, announced, , renewed] = await told(id)
    expect(announced).toMatchObject({
      source: 'card',
      cardTitle: 'Visa •• 4242',
      missing: null,
      amount: { minor: '29900', currency: 'RUB' },
      chargeAt: '2026-12-20T21:00:00.000Z',
    })
    expect(renewed).toMatchObject({ days: 30, source: 'card', cardTitle: 'Visa •• 4242', charged: { minor: '29900' } })
    const charge = { methodId: 'secret-of-anna', amount: money(29_900n, 'RUB'), receiptEmail: undefined }
    expect(provider.charged()).toMatchObject([{ ...charge, description: 'VPN: 1 месяц' }])
    expect(await daysOf(id)).toBe(30)
    expect(await shop.checkBooks()).toEqual([])
    expect(await shop.getRenewal(id)).toMatchObject({ isOn: true, source: 'card' })
  })

  test('that ten processes begin at once is charged once', async () => {
    const { id } = await addBuyer()
    await comeToATry()
    await Promise.all(Array.from({ length: 10 }, () => shop.renewSubscriptions()))
    await pass(hourMs)
    expect(provider.calls).toHaveLength(1)
    expect(await daysOf(id)).toBe(31)
  })

  test.each([
    'renewal:committed',
    'card:claimed',
    'card:charged',
    'card:attached',
    'settle:fetched',
    'settle:before-commit',
    'settle:committed',
  ])('is charged once, and given once, whoever dies at %s', async (checkpoint) => {
    const { id } = await addBuyer()
    await comeToATry()
    diesOnce = checkpoint
    await dies()
    await pass(dayMs)
    expect(provider.charged()).toHaveLength(1)
    expect(await daysOf(id)).toBe(30)
    expect((await kindsTold(id)).filter((kind) => kind === 'renewed')).toHaveLength(1)
    expect(await query(`select 1 from orders where request_id like 'renewal:%'`)).toHaveLength(1)
    expect(await shop.checkBooks()).toEqual([])
  })

  test('whose answer is lost asks again for the same payment, and says since when it was asked for', async () => {
    const { id } = await addBuyer()
    await comeToATry()
    provider.answerCharges('lose')
    await shop.renewSubscriptions()
    expect(await shop.switchRenewalOn(id, { source: 'balance', minor: 29_900n })).toBe('charging')
    await pass(hourMs)
    provider.answerCharges('charge')
    await pass(hourMs)
    expect(new Set(provider.calls.map(({ paymentId }) => paymentId)).size).toBe(1)
    expect(provider.calls.map(({ askedSince }) => askedSince !== undefined)).toEqual([false, true, true, true])
    expect(provider.charged()).toHaveLength(1)
    expect(await daysOf(id)).toBe(31)
  })

  test('whose end the bank says later waits for it, and no other charge begins', async () => {
    const { id } = await addBuyer()
    await comeToATry()
    diesOnce = 'card:attached'
    await dies()
    const reference = `inv-${provider.calls[0]!.paymentId}`
    provider.answer(reference, { kind: 'pending' })
    await pass(13 * hourMs)
    expect(await shop.getSubscription(id)).toMatchObject({ standing: 'expired' })
    provider.pay(reference)
    await pass(30 * minuteMs)
    expect(provider.calls).toHaveLength(1)
    expect(await daysOf(id)).toBe(30)
    expect((await kindsTold(id)).filter((kind) => kind.startsWith('renew'))).toEqual(['renewal_announced', 'renewed'])
  })

  test('is not charged by whoever died before asking, where its customer has bought by hand meanwhile', async () => {
    const customer = await addBuyer()
    await comeToATry()
    diesOnce = 'renewal:committed'
    await dies()
    const { paymentId } = await startToBuy(customer, false)
    provider.pay(`inv-${paymentId}`)
    await shop.settlePayment(paymentId)
    await pass(4 * dayMs)
    expect(provider.calls).toEqual([])
  })
})

describe('a card that is declined', () => {
  test('for want of money is tried on the schedule, a payment each, and told of', async () => {
    const { id } = await addBuyer()
    await comeToATry()
    provider.declineCharges('insufficient_funds')
    await pass(2 * hourMs)
    const failed = (await told(id)).at(-1)
    expect(failed).toMatchObject({
      kind: 'renewal_failed',
      missing: null,
      card: { title: 'Visa •• 4242', reason: 'insufficient_funds' },
    })
    expect(provider.calls).toHaveLength(1)
    await pass(6 * hourMs)
    expect(provider.calls).toHaveLength(2)
    provider.declineCharges(null)
    await pass(6 * hourMs)
    expect(provider.calls).toHaveLength(3)
    expect(provider.charged()).toHaveLength(1)
    expect(await query(`select distinct order_id from payments where card_id is not null`)).toHaveLength(1)
    expect(await kindsTold(id)).toEqual(['card_saved', 'renewal_announced', 'renewal_failed', 'renewed'])
  })

  test('to the end ends it with a word, and the card is kept', async () => {
    const { id } = await addBuyer()
    await comeToATry()
    provider.declineCharges('insufficient_funds')
    await pass(4 * dayMs)
    expect(provider.calls).toHaveLength(4)
    expect((await told(id)).at(-1)).toMatchObject({ kind: 'renewal_stopped', reason: 'failed' })
    expect(await shop.getRenewal(id)).toMatchObject({ isOn: false, card: { title: 'Visa •• 4242' } })
  })

  test.each([
    ['card_expired', 'card_expired'],
    ['permission_revoked', 'card_revoked'],
  ] as const)('for good (%s) is removed and never charged again, and its customer is told', async (reason, end) => {
    const { id } = await addBuyer()
    await comeToATry()
    provider.declineCharges(reason)
    await pass(3 * dayMs)
    expect(provider.calls).toHaveLength(1)
    expect(await cardsOf(id)).toMatchObject([{ secret: null }])
    expect((await told(id)).filter(({ kind }) => kind === 'renewal_stopped')).toMatchObject([{ reason: end }])
    expect(await kindsTold(id)).not.toContain('payment_canceled')
    expect(await shop.getRenewal(id)).toMatchObject({ isOn: false, offReason: end, card: null })
  })

  test('since its provider does not know it any more is removed; by one that may not charge, it is kept and staff told', async () => {
    const [gone, refused] = [await addBuyer(), await addBuyer()]
    await shop.switchRenewalOff(refused.id)
    await comeToATry()
    provider.answerCharges('gone')
    await shop.renewSubscriptions()
    expect(await shop.getRenewal(gone.id)).toMatchObject({ isOn: false, offReason: 'card_revoked', card: null })
    provider.answerCharges('refused')
    expect(await shop.switchRenewalOn(refused.id, { source: 'card', minor: 29_900n })).toBe('on')
    await pass(12 * hourMs)
    const failed = (await told(refused.id)).filter(({ kind }) => kind === 'renewal_failed')
    expect(failed).toMatchObject([{ card: { reason: 'declined' } }])
    expect(await shop.getRenewal(refused.id)).toMatchObject({ isOn: true, card: {} })
    expect(await query(`select 1 from alert_events where content->>'of' = 'cards'`)).toHaveLength(1)
  })
})

describe('a receipt that the law wants', () => {
  beforeEach(async () => {
    shop = world.shopWith({ ...provider, sendsReceipts: true })
    await query(`insert into provider_health (provider, failures, needs_receipts) values ('fake', 0, true)`)
  })

  async function addWithEmail(): Promise<Customer> {
    const customer = await world.addCustomer()
    await shop.saveReceiptEmail(customer.id, 'anna@mail.ru')
    return buy(customer)
  }

  test('goes where the customer wished, and a repeat says the same, whatever was changed meanwhile', async () => {
    const customer = await addWithEmail()
    await comeToATry()
    provider.answerCharges('lose')
    await shop.renewSubscriptions()
    await shop.saveReceiptEmail(customer.id, 'other@mail.ru')
    await pass(hourMs)
    expect(new Set(provider.calls.map(({ receiptEmail }) => receiptEmail))).toEqual(new Set(['anna@mail.ru']))
    expect(provider.calls.length).toBeGreaterThan(1)
  })

  test('and nobody knows where to: nothing is charged, and the customer is asked', async () => {
    const customer = await addWithEmail()
    await shop.deleteReceiptEmail(customer.id)
    await comeToATry()
    await shop.renewSubscriptions()
    expect(provider.calls).toEqual([])
    expect((await told(customer.id)).at(-1)).toMatchObject({ card: { reason: 'receipt_needed' } })
  })
})

describe('what is not wished', () => {
  test.each(['removeCard', 'switchRenewalOff'] as const)(
    'is not charged after %s, nor what was begun',
    async (verb) => {
      const { id } = await addBuyer()
      await comeToATry()
      diesOnce = 'renewal:committed'
      await dies()
      const card = await cardIdOf(id)
      if (verb === 'removeCard') expect(await shop.removeCard(id, card)).toBe('removed')
      else await shop.switchRenewalOff(id)
      await pass(2 * dayMs)
      expect(provider.calls).toEqual([])
      expect(await shop.getRenewal(id)).toMatchObject({ isOn: false, offReason: 'customer' })
      if (verb !== 'removeCard') return
      expect(await shop.removeCard(id, card)).toBe('removed')
      expect(await cardsOf(id)).toMatchObject([{ secret: null }])
    },
  )

  test('another’s card is nobody’s: neither removed, chosen nor charged', async () => {
    const [anna, boris] = [await addBuyer(), await addBuyer({ savesCard: false })]
    const card = await cardIdOf(anna.id)
    expect(await shop.removeCard(boris.id, card)).toBe('unknown')
    expect(await shop.getRenewal(anna.id)).toMatchObject({ isOn: true, card: { id: card } })
    expect(await shop.switchRenewalOn(boris.id, { source: 'card', minor: 29_900n })).toBe('no_card')
    await buy(boris, { methodId: 'secret-of-boris' })
    await shop.switchRenewalOff(anna.id)
    world.clock.advance(30 * dayMs)
    await comeToATry()
    diesOnce = 'renewal:committed'
    await dies()
    await query('update payments set card_id = ? where card_id is not null', [card])
    await pass(hourMs)
    expect(provider.calls).toEqual([])
  })

  test('the balance pays instead where it was chosen, by the same order', async () => {
    const { id } = await addBuyer()
    await comeToATry()
    provider.declineCharges('insufficient_funds')
    await shop.renewSubscriptions()
    expect(await shop.switchRenewalOn(id, { source: 'balance', minor: 29_900n })).toBe('on')
    const wish = { customerId: id, providerId: 'fake', amount: money(29_900n, 'RUB'), planId: null, returnUrl: '' }
    const invoice = await shop.startTopUp({ ...wish, description: '', requestId: 't1' })
    if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
    provider.pay(`inv-${invoice.paymentId}`)
    await shop.settlePayment(invoice.paymentId)
    await pass(12 * hourMs)
    expect(provider.calls).toHaveLength(1)
    expect(await daysOf(id)).toBe(30)
    expect(await query(`select 1 from orders where request_id like 'renewal:%'`)).toHaveLength(1)
    expect(await shop.checkBooks()).toEqual([])
  })
})
