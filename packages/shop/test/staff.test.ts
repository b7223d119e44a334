import { AuditEntity, CustomerEntity } from '@vpn-kiosk/db'
import { dayMs } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const owner = 1n
const agent = 7n
const stranger = 404n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.shop.addStaff(owner, { telegramId: agent, name: 'Agent', role: 'support' })
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

async function buyer(name = 'Anna') {
  const customer = await world.addCustomer(name)
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  return { customer, paymentId, reference }
}

const found = async (query: string) => {
  const result = await world.shop.findCustomers(owner, query)
  return result.kind === 'seen' ? result.value.lines.map((line) => line.id) : null
}
const endOf = async (id: `cus_${string}`) => (await world.shop.getSubscription(id))?.endsAt
const account = () => [...world.vless.accounts.values()][0]!

describe('finding a customer', () => {
  test('by our id, Telegram id, name, username and payment', async () => {
    const { customer, paymentId, reference } = await buyer('Annabel')
    await world.addCustomer('Boris')
    await em().nativeUpdate(CustomerEntity, { id: customer.id }, { username: 'Anna_B', lastName: 'Petrova' })
    for (const query of [
      customer.id,
      String(customer.telegramId),
      '@anna_b',
      'https://t.me/Anna_B',
      'nabel pet',
      'anna_b',
      paymentId,
      reference,
      `  ${customer.id} `,
    ])
      expect(await found(query), query).toEqual([customer.id])
  })

  test('nonsense finds nobody, and its signs mean nothing to the database', async () => {
    await world.addCustomer('Anna')
    for (const query of ['', '%', '_', `' or 1=1 --`, '\\', '99999999999999999999', '@', '🙂'.repeat(90)])
      expect(await found(query), query).toEqual([])
  })
})

describe('helping a customer', () => {
  test('extending adds days to what is left, tells the customer and leaves an audit row with both ends', async () => {
    await world.addServer()
    const { customer } = await buyer()
    const before = await endOf(customer.id)
    const result = await world.shop.giveDays(owner, customer.id, { days: 7 })
    expect(result).toEqual({ kind: 'extended', endsAt: new Date(before!.getTime() + 7 * dayMs), trafficBytes: null })
    const audit = await em().findOneOrFail(AuditEntity, { action: 'extend_by_days' })
    expect(audit).toMatchObject({
      actorTelegramId: owner,
      subject: customer.id,
      before: { endsAt: before!.toISOString() },
      after: { days: 7 },
    })
    const notifications = await em().execute(`select 1 from notifications where content->>'kind' = 'extended_by_shop'`)
    expect(notifications).toHaveLength(1)
  })

  test('a double tap extends once, and the days are no revenue', async () => {
    const customer = await world.addCustomer()
    const taps = await Promise.all(
      [1, 2, 3].map(() => world.shop.giveDays(owner, customer.id, { days: 30, requestId: 'tap1' })),
    )
    expect(taps.map((tap) => tap.kind).sort()).toEqual(['already_done', 'already_done', 'extended'])
    expect(await world.shop.giveDays(owner, customer.id, { days: 7, requestId: 'tap1' })).toEqual({
      kind: 'already_done',
      days: 30,
    })
    expect(await endOf(customer.id)).toEqual(new Date(world.clock.now().getTime() + 30 * dayMs))
    expect(await em().execute('select 1 from ledger_entries')).toHaveLength(0)
  })

  test.each([0, -1, 1.5, 4000, Number.NaN])('%d days are refused', async (days) => {
    const customer = await world.addCustomer()
    expect(await world.shop.giveDays(owner, customer.id, { days })).toEqual({ kind: 'invalid_days' })
  })

  test('a ban cuts the access off, and its end gives back the time that is left', async () => {
    await world.addServer()
    const { customer } = await buyer()
    expect(account().enabled).toBe(true)
    expect(await world.shop.banCustomer(owner, customer.id)).toEqual({ kind: 'banned' })
    expect(await world.shop.banCustomer(owner, customer.id)).toEqual({ kind: 'already_banned' })
    await world.processAll()
    expect(account().enabled).toBe(false)
    expect(await world.shop.startTrial(customer.id)).toEqual({ kind: 'banned' })
    const end = await endOf(customer.id)
    expect(await world.shop.unbanCustomer(owner, customer.id)).toEqual({ kind: 'unbanned' })
    expect(await world.shop.unbanCustomer(owner, customer.id)).toEqual({ kind: 'not_banned' })
    const told = await world.fixture.database
      .em()
      .execute(`select 1 from notifications where customer_id = ? and content->>'kind' = 'ban_lifted'`, [customer.id])
    expect(told).toHaveLength(1)
    await world.processAll()
    expect(account().enabled).toBe(true)
    expect(await endOf(customer.id)).toEqual(end)
  })

  test('the card of a banned person says that their accesses are closing, then closed, and never that they work', async () => {
    await world.addServer()
    const { customer } = await buyer()
    const states = async () => {
      const seen = await world.shop.getCustomerCard(owner, customer.id)
      return seen.kind === 'seen' ? seen.value?.accesses.map(({ state }) => state) : null
    }
    expect(await states()).toEqual(['works'])
    world.vless.setDown(true)
    await world.shop.banCustomer(owner, customer.id)
    expect(await states()).toEqual(['closing'])
    await world.processAll(1)
    expect(await states()).toEqual(['closing'])
    world.vless.setDown(false)
    world.clock.advance(dayMs)
    await world.processAll()
    expect(await states()).toEqual(['closed'])
  })

  test('a ban that outlasts the subscription ends in an expired one', async () => {
    await world.addServer()
    const { customer } = await buyer()
    await world.shop.banCustomer(owner, customer.id)
    world.clock.advance(60 * dayMs)
    await world.shop.unbanCustomer(owner, customer.id)
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'expired' })
  })

  test('a trial that was reset can be taken again', async () => {
    const customer = await world.addCustomer()
    await world.shop.startTrial(customer.id)
    expect(await world.shop.startTrial(customer.id)).toEqual({ kind: 'already_used' })
    expect(await world.shop.resetTrial(owner, customer.id)).toEqual({ kind: 'reset' })
    world.clock.advance(1000)
    expect(await world.shop.resetTrial(owner, customer.id)).toEqual({ kind: 'not_used' })
    expect(await world.shop.startTrial(customer.id)).toMatchObject({ kind: 'started' })
  })

  test('the card says what was paid and where the access is stuck', async () => {
    await world.addServer()
    world.vless.setDown(true)
    const { customer } = await buyer()
    const seen = await world.shop.getCustomerCard(agent, customer.id)
    expect(seen).toMatchObject({
      kind: 'seen',
      value: {
        customer: { id: customer.id },
        subscription: { standing: 'active', isPreparing: true },
        payments: { count: 1, totals: [roubles(299)] },
        referrals: { friends: 0, paid: 0 },
        tickets: { total: 0, open: 0 },
        gifts: { given: 0, waiting: 0, received: 0 },
        accesses: [
          { state: 'setting_up', problem: { reason: 'the fake endpoint does not answer' }, protocol: 'vless' },
        ],
      },
    })
    expect(await world.shop.findCustomerCard(agent, customer.telegramId)).toEqual(seen)
    expect(await world.shop.getCustomerCard(agent, 'cus_nobody')).toEqual({ kind: 'seen', value: null })
  })
})

describe('the dashboard', () => {
  test('sales are counted by the days of the shop and leave out what was given away', async () => {
    await world.addServer()
    const { customer } = await buyer()
    await world.shop.giveDays(owner, customer.id, { days: 30 })
    world.clock.advance(3 * dayMs)
    await buyer('Boris')
    await world.shop.startTrial((await world.addCustomer('Vera')).id)
    const seen = await world.shop.getDashboard(owner)
    expect(seen).toMatchObject({
      kind: 'seen',
      value: {
        customers: { total: 3, today: 2 },
        subscriptions: { active: 2, trials: 1 },
        payments: { today: 1 },
        sales: { today: [roubles(299)], week: [roubles(598)], month: [roubles(598)] },
        servers: [{ accesses: 3, capacity: 100 }],
      },
    })
  })

  test('a day begins at midnight in the shop, not in Greenwich', async () => {
    await buyer() // 12:00 in Moscow
    world.clock.advance(11.5 * 3_600_000) // 23:30, still the same day
    expect(await world.shop.getDashboard(owner)).toMatchObject({ value: { payments: { today: 1 } } })
    world.clock.advance(3_600_000) // 00:30 of the next, 21:30 in Greenwich
    expect(await world.shop.getDashboard(owner)).toMatchObject({ value: { payments: { today: 0 } } })
  })
})

describe('roles', () => {
  test('the owner of the configuration has a role without a row, and cannot be given a lesser one', async () => {
    expect(await world.shop.findRole(owner)).toBe('owner')
    expect(await world.shop.findRole(agent)).toBe('support')
    expect(await world.shop.findRole(stranger)).toBeNull()
    expect(await world.shop.addStaff(owner, { telegramId: owner, name: 'Me', role: 'support' })).toEqual({
      kind: 'is_owner',
    })
  })

  test('a role taken away stops working with the next action', async () => {
    const customer = await world.addCustomer()
    expect(await world.shop.getCustomerCard(agent, customer.id)).toMatchObject({ kind: 'seen' })
    const staff = await world.shop.listStaff(owner)
    const [row] = staff.kind === 'seen' ? staff.value : []
    expect(await world.shop.removeStaff(owner, row!.id)).toEqual({ kind: 'removed' })
    expect(await world.shop.getCustomerCard(agent, customer.id)).toEqual({ kind: 'forbidden' })
    expect(await em().count(AuditEntity, { action: 'remove_staff', subject: row!.id })).toBe(1)
  })

  test('only the operator makes an owner', async () => {
    const person = { telegramId: 9n, name: 'Partner', role: 'owner' } as const
    expect(await world.shop.addStaff(owner, person)).toEqual({ kind: 'forbidden' })
    expect(await world.shop.findRole(9n)).toBeNull()
    expect(await world.shop.addStaff('operator', person)).toEqual({ kind: 'added' })
    expect(await world.shop.findRole(9n)).toBe('owner')
  })

  test('an agent helps nobody to free days, and makes nobody an admin', async () => {
    const customer = await world.addCustomer()
    const refused = { kind: 'forbidden' }
    expect(await world.shop.giveDays(agent, customer.id, { days: 7 })).toEqual(refused)
    expect(await world.shop.addStaff(agent, { telegramId: agent, name: 'Agent', role: 'admin' })).toEqual(refused)
    expect(await world.shop.getDashboard(agent)).toEqual(refused)
  })

  test('a stranger gets the same refusal from every verb and changes nothing', async () => {
    const { customer, paymentId } = await buyer()
    const audited = await em().count(AuditEntity)
    const { shop } = world
    const attempts = [
      shop.findCustomers(stranger, 'a'),
      shop.getCustomerCard(stranger, customer.id),
      shop.findCustomerCard(stranger, customer.telegramId),
      shop.giveDays(stranger, customer.id, { days: 7 }),
      shop.banCustomer(stranger, customer.id),
      shop.unbanCustomer(stranger, customer.id),
      shop.resetTrial(stranger, customer.id),
      shop.getDashboard(stranger),
      shop.listStaff(stranger),
      shop.addStaff(stranger, { telegramId: stranger, name: 'Me', role: 'admin' }),
      shop.removeStaff(stranger, 'stf_nobody'),
      shop.inspectPayments(stranger, {}),
      shop.inspectPayment(stranger, paymentId),
      shop.recheckAsStaff(stranger, paymentId),
    ]
    for (const result of await Promise.all(attempts)) expect(result).toEqual({ kind: 'forbidden' })
    expect(await em().count(AuditEntity)).toBe(audited)
  })

  test('a recheck by staff settles and is noted', async () => {
    const customer = await world.addCustomer()
    const { paymentId, reference } = await world.openInvoice(customer)
    world.provider.pay(reference)
    expect(await world.shop.recheckAsStaff(owner, paymentId)).toEqual({ kind: 'settled' })
    const audit = await em().findOneOrFail(AuditEntity, { action: 'recheck_payment' })
    expect(audit).toMatchObject({ subject: paymentId, after: { result: 'settled' } })
    expect(await world.shop.inspectPayments(owner, {})).toMatchObject({
      value: { lines: [{ id: paymentId, state: 'paid' }] },
    })
  })
})
