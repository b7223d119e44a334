import { PlanPriceEntity } from '@vpn-kiosk/db'
import {
  type Customer,
  type CustomerNotification,
  dayMs,
  type EndsRecurring,
  hourMs,
  type ListsPayments,
  money,
  type PaymentId,
  type PaymentProvider,
  ProviderRefused,
  ProviderUnreachable,
  type RecurringEdit,
  type StarCharge,
  starSubscription,
} from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Shop } from '../create-shop.ts'
import { createStarChargeBook } from '../payment/create-star-charge-book.ts'
import { createFakeProvider } from '../testing/fake-provider.ts'
import { createTestShop, type TestShop } from '../testing.ts'

const owner = 1n
let world: TestShop
let shop: Shop
let edits: RecurringEdit[]
let editsFail: Error | null
/** What Telegram's list says and nobody was told of; null: Telegram does not answer. */
let listed: readonly StarCharge[] | null

beforeEach(async () => {
  edits = []
  editsFail = null
  listed = []
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
  shop = world.shopWith(createStars())
  const [month] = await shop.listPlans()
  await world.fixture.database.em().insert(PlanPriceEntity, { planId: month!.id, currency: 'XTR', amountMinor: 150n })
})
afterEach(() => world.close())

/** Telegram, with the charges that it has told of and what it was told itself. */
function createStars() {
  const book = createStarChargeBook(world.deps)
  const stars = createFakeProvider('stars', ['XTR'])
  const more: Partial<PaymentProvider> & EndsRecurring & ListsPayments = {
    recurring: starSubscription,
    createInvoice: async ({ paymentId }) => ({ reference: paymentId, url: 'https://t.me/$sim' }),
    fetchStatus: async (reference) => {
      const charges = await book.listOf(reference as PaymentId)
      const left = charges.filter(({ refundedAt }) => refundedAt === null)
      const received = money(150 * left.length, 'XTR')
      const refunded = charges.length > left.length && { refunded: money(150, 'XTR') }
      return charges.length === 0 ? { kind: 'pending' } : { kind: 'paid', received, paidAt: null, ...refunded }
    },
    lists: 'charges',
    async *listPayments() {
      if (!listed) throw new ProviderUnreachable('no answer')
      await book.add(listed)
      yield []
    },
    editRecurring: async (edit) => {
      if (editsFail) throw editsFail
      edits.push(edit)
    },
  }
  return { ...stars, ...more }
}

interface Subscribed {
  readonly customer: Customer
  readonly payload: PaymentId
}

async function order(customer: Customer): Promise<PaymentId> {
  const [month] = await shop.listPlans()
  const started = await shop.startPurchase({
    customerId: customer.id,
    planId: month!.id,
    providerId: 'stars',
    method: starSubscription.method,
    returnUrl: 'https://t.me/shop',
    description: 'VPN',
  })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  return started.paymentId
}

const tell = ({ customer, payload }: Subscribed, chargeId: string, at = world.clock.now(), isRefund = false) =>
  shop.receiveStarPayment({ payload, chargeId, payerId: customer.telegramId, amount: 150n, at, isRefund })

/** What the jobs do. */
async function settle(): Promise<void> {
  const rows = await query<{ id: PaymentId }>(`select id from payments where provider = 'stars' and state = 'pending'`)
  for (const { id } of rows) await shop.settlePayment(id)
  const untold = await query<{ id: PaymentId }>(
    'select payment_id as id from star_subscriptions where is_canceled <> told_canceled',
  )
  for (const { id } of untold) await shop.editStarSubscription(id)
}

async function subscribe(name = 'Anna'): Promise<Subscribed> {
  const customer = await world.addCustomer(name)
  const subscribed = { customer, payload: await order(customer) }
  await tell(subscribed, `first-${name}`)
  await settle()
  return subscribed
}

const query = <T>(text: string, values: unknown[] = []) =>
  world.fixture.database.em().execute<(T & object)[]>(text, values) as Promise<T[]>
const daysOf = async ({ customer }: Subscribed) => (await shop.getSubscription(customer.id))?.daysLeft ?? 0
const salesOf = async ({ customer }: Subscribed) =>
  (await shop.listPayments({ customerId: customer.id })).lines.filter(({ state }) => state === 'paid').length
const renewalOf = ({ customer }: Subscribed) => shop.getRenewal(customer.id)
const told = async ({ customer }: Subscribed) =>
  (
    await query<{ content: CustomerNotification }>(
      `select content from notifications where customer_id = ? and content->>'kind' in ('renewed', 'renewal_stopped', 'paid_twice') order by created_at, id`,
      [customer.id],
    )
  ).map(({ content }) => content)

describe('a subscription in stars', () => {
  test('is offered for a plan of thirty days, to whoever has none', async () => {
    const anna = await world.addCustomer()
    const [month, quarter] = await shop.listPlans()
    const offered = async (plan = month!) =>
      (await shop.listPaymentMethods(plan, anna.id)).map(({ method, everyDays }) => [method, everyDays])
    expect(await offered()).toEqual([
      [undefined, undefined],
      ['monthly', 30],
    ])
    expect(await offered({ ...quarter!, otherPrices: month!.otherPrices })).toEqual([[undefined, undefined]])
    expect(await shop.listPaymentMethods(month!)).toHaveLength(1)
    const payload = await order(anna)
    await tell({ customer: anna, payload }, 'first')
    await settle()
    expect(await offered()).toEqual([[undefined, undefined]])
    await expect(order(anna)).rejects.toThrow('provider_gone')
  })

  test('turns auto-renewal on, and the balance is left alone', async () => {
    const anna = await subscribe()
    expect(await renewalOf(anna)).toMatchObject({
      isOn: true,
      source: 'stars',
      stars: { amount: money(150, 'XTR'), everyDays: 30, isCanceled: false },
    })
    expect(await shop.switchRenewalOn(anna.customer.id, { source: 'balance', minor: 29_900n })).toBe('on')
    expect(await renewalOf(anna)).toMatchObject({ source: 'stars' })
    world.clock.advance(30 * dayMs - hourMs)
    await shop.renewSubscriptions()
    expect(await told(anna)).toEqual([])
  })

  test('is renewed once by a charge that is told ten times at once, for the price that was agreed', async () => {
    const anna = await subscribe()
    await query(`update plan_prices set amount_minor = 999`)
    await query(`update plans set is_active = false`)
    world.clock.advance(29 * dayMs)
    await Promise.all(Array.from({ length: 10 }, () => tell(anna, 'second')))
    await settle()
    expect(await daysOf(anna)).toBe(32)
    expect(await salesOf(anna)).toBe(2)
    expect(await told(anna)).toMatchObject([
      { kind: 'renewed', days: 30, charged: { minor: '150', currency: 'XTR' }, source: 'stars' },
    ])
    expect(await query('select distinct amount_minor::int as minor from payments')).toEqual([{ minor: 150 }])
    expect((await shop.getBalance(anna.customer.id)).amounts).toEqual([])
    expect(await shop.checkBooks()).toEqual([])
  })

  test('is as good when the bot was away, and the list is read in any order', async () => {
    const customer = await world.addCustomer()
    const anna = { customer, payload: await order(customer) }
    const start = world.clock.now().getTime()
    world.clock.advance(61 * dayMs)
    const at = (days: number) => new Date(start + days * dayMs)
    await tell(anna, 'third', at(60))
    const charge = {
      paymentId: anna.payload,
      payerId: customer.telegramId,
      amount: money(150, 'XTR'),
      refundedAt: null,
    }
    const page = [
      { ...charge, id: 'first', paidAt: at(0) },
      { ...charge, id: 'second', paidAt: at(30) },
      { ...charge, id: 'third', paidAt: at(60) },
    ]
    const { add } = createStarChargeBook(world.deps)
    await Promise.all([add(page), add(page), tell(anna, 'second', at(30))])
    await settle()
    expect(await salesOf(anna)).toBe(3)
    expect(await daysOf(anna)).toBe(91)
    expect((await renewalOf(anna))?.stars?.paidUntil).toEqual(at(90))
    await shop.switchRenewalOff(customer.id)
    await settle()
    expect(edits).toEqual([{ chargeId: 'first', payerId: customer.telegramId, isCanceled: true }])
    expect(await shop.checkBooks()).toEqual([])
  })

  test('that was begun twice at once is honoured twice and charged once from then on', async () => {
    const anna = await subscribe()
    await tell(anna, 'again')
    await settle()
    expect(await daysOf(anna)).toBe(61)
    expect(edits).toMatchObject([{ chargeId: 'again', isCanceled: true }])
    expect(await renewalOf(anna)).toMatchObject({ isOn: true, stars: { isCanceled: false } })
  })

  test('of no payment of the shop is not kept', async () => {
    const customer = await world.addCustomer()
    await shop.receiveStarPayment({
      payload: 'pay_0123456789abcdefghjk',
      chargeId: 'stx',
      payerId: customer.telegramId,
      amount: 150n,
      at: world.clock.now(),
      isRefund: false,
    })
    expect(await query('select 1 from star_subscriptions')).toEqual([])
    expect(await query('select 1 from orders')).toEqual([])
  })

  test('may be asked about before it is charged again, and is not begun twice by its link', async () => {
    const anna = await subscribe()
    const asked = { payload: anna.payload, payerId: anna.customer.telegramId, currency: 'XTR', amount: 150n }
    expect(await shop.approveCheckout(asked)).toEqual({ kind: 'paid' })
    world.clock.advance(30 * dayMs)
    expect(await shop.approveCheckout(asked)).toEqual({ kind: 'approved' })
    expect(await shop.approveCheckout({ ...asked, amount: 1n })).toEqual({ kind: 'paid' })
  })
})

describe('canceling', () => {
  test('is told to Telegram, also when it did not answer, and may be taken back there while it is paid for', async () => {
    const anna = await subscribe()
    await shop.switchRenewalOff(anna.customer.id)
    editsFail = new ProviderUnreachable('no answer')
    await expect(shop.editStarSubscription(anna.payload)).rejects.toThrow('no answer')
    expect(await shop.sweepStarSubscriptions()).toBe(1)
    editsFail = null
    expect(await shop.editStarSubscription(anna.payload)).toBe('told')
    expect(await shop.editStarSubscription(anna.payload)).toBe('nothing_to_do')
    expect(await renewalOf(anna)).toMatchObject({ isOn: false, offReason: 'customer', stars: { isCanceled: true } })
    expect(await shop.switchRenewalOn(anna.customer.id, { source: 'stars', minor: 150n })).toBe('in_telegram')
    await settle()
    expect(edits.map(({ isCanceled }) => isCanceled)).toEqual([true, false])
    expect(await renewalOf(anna)).toMatchObject({ isOn: false, stars: { isCanceled: false } })
    world.clock.advance(30 * dayMs)
    await tell(anna, 'second')
    await settle()
    expect(await renewalOf(anna)).toMatchObject({ isOn: true, source: 'stars' })
  })

  test('a charge that comes all the same gives its time, and Telegram is told again', async () => {
    const anna = await subscribe()
    await shop.switchRenewalOff(anna.customer.id)
    await settle()
    world.clock.advance(30 * dayMs)
    await tell(anna, 'second')
    await settle()
    expect(await daysOf(anna)).toBe(31)
    expect(edits).toHaveLength(2)
    expect(await renewalOf(anna)).toMatchObject({ isOn: false })
  })

  test('in Telegram is noticed a day after the paid time, and said once', async () => {
    const anna = await subscribe()
    world.clock.advance(30 * dayMs + 23 * hourMs)
    await shop.renewSubscriptions()
    expect(await told(anna)).toEqual([])
    world.clock.advance(2 * hourMs)
    await shop.renewSubscriptions()
    await shop.renewSubscriptions()
    expect(await told(anna)).toMatchObject([{ kind: 'renewal_stopped', reason: 'stars_ended' }])
    expect(await renewalOf(anna)).toMatchObject({ isOn: false, offReason: 'stars_ended' })
    await tell(anna, 'late')
    await settle()
    expect(await renewalOf(anna)).toMatchObject({ isOn: true })
  })

  test('is not concluded while Telegram does not say what it charged, nor of a charge that its list has', async () => {
    const anna = await subscribe()
    const paidAt = new Date(world.clock.now().getTime() + 30 * dayMs)
    world.clock.advance(32 * dayMs)
    listed = null
    await shop.renewSubscriptions()
    expect(await renewalOf(anna)).toMatchObject({ isOn: true })
    const { payload: paymentId, customer } = anna
    const amount = money(150, 'XTR')
    listed = [{ id: 'untold', paymentId, payerId: customer.telegramId, amount, paidAt, refundedAt: null }]
    await shop.renewSubscriptions()
    await settle()
    await shop.renewSubscriptions()
    expect(await told(anna)).toMatchObject([{ kind: 'renewed' }])
    expect(await renewalOf(anna)).toMatchObject({ isOn: true, source: 'stars' })
  })

  test('in Telegram, where it is told, turns auto-renewal off and on without a word', async () => {
    const { customer, payload } = await subscribe()
    const choose = (state: 'canceled' | 'active' | 'failed', payerId = customer.telegramId) =>
      shop.recordStarChoice({ payload, payerId, state })
    expect(await choose('canceled', 1n)).toBe('ignored')
    expect(await choose('failed')).toBe('ignored')
    expect(await choose('canceled')).toBe('off')
    expect(await choose('canceled')).toBe('ignored')
    expect(await renewalOf({ customer, payload })).toMatchObject({ isOn: false, offReason: 'customer' })
    expect(await choose('active')).toBe('on')
    expect(await renewalOf({ customer, payload })).toMatchObject({ isOn: true, source: 'stars' })
    await shop.switchRenewalOff(customer.id)
    expect(await choose('active')).toBe('ignored')
    expect(await told({ customer, payload })).toEqual([])
  })

  test('goes with a ban, and with a refund of any of its charges', async () => {
    const anna = await subscribe()
    await shop.banCustomer(owner, anna.customer.id)
    await settle()
    expect(edits).toMatchObject([{ chargeId: 'first-Anna', isCanceled: true }])
    const boris = await subscribe('Boris')
    world.clock.advance(30 * dayMs)
    await tell(boris, 'second')
    await settle()
    world.clock.advance(5 * dayMs)
    // The time of the first one has passed.
    await tell(boris, 'first-Boris', world.clock.now(), true)
    await shop.inspectRefund(boris.payload)
    await settle()
    expect(edits.at(-1)).toMatchObject({ chargeId: 'first-Boris', isCanceled: true })
    expect(await renewalOf(boris)).toMatchObject({ isOn: false, offReason: 'refunded' })
    await tell(boris, 'second', world.clock.now(), true)
    const [second] = await query<{ id: PaymentId }>(`select payment_id as id from star_charges where id = 'second'`)
    expect(await shop.inspectRefund(second!.id)).toEqual({ kind: 'refunded' })
    expect(await shop.checkBooks()).toEqual([])
  })

  test('that Telegram refuses is read by staff, and not tried for ever', async () => {
    const anna = await subscribe()
    await shop.switchRenewalOff(anna.customer.id)
    editsFail = new ProviderRefused('CHARGE_ID_INVALID')
    expect(await shop.editStarSubscription(anna.payload)).toBe('refused')
    expect(await shop.editStarSubscription(anna.payload)).toBe('nothing_to_do')
    expect(
      await query(`select 1 from alert_events where to_jsonb(alert_events)::text like '%CHARGE_ID_INVALID%'`),
    ).not.toEqual([])
  })
})
