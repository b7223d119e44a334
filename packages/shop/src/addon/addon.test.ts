import { PlanEntity } from '@vpn-kiosk/db'
import { type AddonKind, type Customer, type CustomerId, dayMs, money, newId, type PaymentId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, roubles, type TestShop } from '../testing.ts'

const owner = 1n
const gibibyte = 1024n ** 3n
let world: TestShop
let fatalStep: string | null = null
let anna: Customer

beforeEach(async () => {
  fatalStep = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name === fatalStep) throw new Error('died')
    },
  })
  await world.addServer()
  await world.fixture.database.em().insert(PlanEntity, {
    id: newId('plan'),
    code: 'small',
    title: { ru: 'small', en: 'small' },
    days: 30,
    priceMinor: 9_900n,
    currency: 'RUB',
    trafficLimitBytes: 50n * gibibyte,
    deviceLimit: 1,
    position: 10,
    createdAt: world.clock.now(),
  })
  anna = await world.addCustomer()
})
afterEach(async () => {
  expect(await world.shop.checkBooks()).toEqual([])
  await world.close()
})

async function sell(kind: AddonKind, amount: number, price = '60') {
  const made = await world.shop.createAddon(owner, { kind, amount, price, currency: 'RUB' }, newId('order'))
  if (made.kind !== 'created') throw new Error(made.kind)
  await world.shop.updateAddon(owner, made.addonId, { isActive: true })
  return made.addonId
}

async function buyPlan(code = 'small', by = anna) {
  const { paymentId, reference } = await world.openInvoice(by, code)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  return paymentId
}

const wishOf = (addonId: `add_${string}`, requestId = 'press') => ({
  customerId: anna.id,
  addonId,
  providerId: world.provider.id,
  requestId,
  returnUrl: 'https://t.me/x',
  description: 'VPN',
})

async function order(addonId: `add_${string}`, requestId?: string): Promise<PaymentId> {
  const started = await world.shop.startAddon(wishOf(addonId, requestId))
  if (started.kind !== 'invoice') throw new Error(started.kind)
  return started.paymentId
}

async function pay(paymentId: PaymentId) {
  world.provider.pay(`inv-${paymentId}`)
  return world.shop.settlePayment(paymentId)
}

async function buy(addonId: `add_${string}`) {
  const paymentId = await order(addonId, newId('order'))
  await pay(paymentId)
  await world.processAll()
  return paymentId
}

const has = async (id: CustomerId = anna.id) => {
  const { deviceLimit, trafficLimitBytes, standing } = (await world.shop.getSubscription(id))!
  return {
    devices: deviceLimit,
    gigabytes: trafficLimitBytes === null ? null : Number(trafficLimitBytes / gibibyte),
    standing,
  }
}
const onServer = () => [...world.vless.accounts.values()].map(({ deviceLimit }) => deviceLimit)
const told = async (kind: string): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ count: string }[]>(`select count(*) from notifications where content->>'kind' = ?`, [kind])
  return Number(row!.count)
}
const listOrders = async (): Promise<string[]> => {
  const rows = await world.fixture.database
    .em()
    .execute<{ title: string }[]>(`select kind || ' ' || state as title from orders order by 1`)
  return rows.map(({ title }) => title)
}
const accountOf = async (account: string): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ minor: string }[]>(
      `select coalesce(-sum(amount_minor), 0) as minor from ledger_entries where account = ?`,
      [account],
    )
  return Number(row!.minor)
}

test('an add-on is offered for bought time that runs, and traffic only where there is a limit', async () => {
  const [devices, traffic] = [await sell('devices', 2), await sell('traffic', 50)]
  const offered = async () => (await world.shop.listAddons(anna.id))?.addons.map(({ id }) => id) ?? []
  expect(await offered()).toEqual([])
  await world.shop.startTrial(anna.id)
  expect(await offered()).toEqual([])
  expect((await world.shop.startAddon(wishOf(devices))).kind).toBe('addon_gone')
  await buyPlan('month')
  expect(await offered()).toEqual([devices])
  expect((await world.shop.startAddon(wishOf(traffic))).kind).toBe('addon_gone')
  const boris = await world.addCustomer('Boris')
  await buyPlan('small', boris)
  expect((await world.shop.listAddons(boris.id))?.addons.map(({ id }) => id)).toEqual([devices, traffic])
  await world.shop.changeOffer(owner, { freezeDays: 10, freezesPerYear: 2 })
  const freeze = await world.shop.getFreeze(boris.id)
  await world.shop.freezeSubscription({ customerId: boris.id, endsAt: freeze!.endsAt! })
  expect(await world.shop.listAddons(boris.id)).toBeNull()
  world.clock.advance(40 * dayMs)
  expect(await offered()).toEqual([])
})

test('ten settlements at once grant once, on the servers too, and the price is earned over what was left', async () => {
  await buyPlan()
  world.clock.advance(10 * dayMs)
  const paymentId = await order(await sell('devices', 2))
  world.provider.pay(`inv-${paymentId}`)
  await Promise.all(Array.from({ length: 10 }, () => world.shop.settlePayment(paymentId)))
  await world.processAll()
  expect(await has()).toMatchObject({ devices: 3, gigabytes: 50 })
  expect(onServer()).toEqual([3])
  expect(await told('addon_ready')).toBe(1)
  expect(await listOrders()).toEqual(['addon paid', 'plan paid'])
  await world.shop.recognizeRevenue()
  const before = await accountOf('revenue')
  world.clock.advance(10 * dayMs)
  await world.shop.recognizeRevenue()
  // Of the twenty days that were left nine and a half until midnight, and ten of the plan's thirty.
  expect(await accountOf('revenue')).toBe(before + 2_850 + 3_300)
  world.clock.advance(30 * dayMs)
  await world.shop.recognizeRevenue()
  expect([await accountOf('revenue'), await accountOf('deferred')]).toEqual([15_900, 0])
})

test.each(['addon:stored', 'purchase:invoiced', 'settle:before-commit', 'settle:committed'])(
  'whoever dies at %s and comes again has one add-on',
  async (step) => {
    await buyPlan()
    const addonId = await sell('devices', 1)
    fatalStep = step
    if (!step.startsWith('settle')) await expect(order(addonId)).rejects.toThrow('died')
    else await expect(buy(addonId)).rejects.toThrow('died')
    fatalStep = null
    if (step.startsWith('settle')) {
      const [open] = await world.fixture.database
        .em()
        .execute<{ id: PaymentId }[]>(
          `select p.id from payments p join orders o on o.id = p.order_id where o.kind = 'addon'`,
        )
      await world.shop.settlePayment(open!.id)
    } else await buy(addonId)
    expect(await has()).toMatchObject({ devices: 2 })
    expect(await accountOf('provider:fake')).toBe(-15_900)
  },
)

test('a refund takes the devices back, half of the price half of them, and the books follow', async () => {
  const planPayment = await buyPlan()
  const paymentId = await buy(await sell('devices', 2))
  const endingWithPlan = async () => {
    const found = await world.shop.previewRefund(owner, planPayment)
    return found.kind === 'preview' ? found.preview.addonsEnding : null
  }
  expect(await endingWithPlan()).toBe(1)
  world.clock.advance(15 * dayMs)
  await world.shop.recognizeRevenue()
  const refund = async (minor: bigint | null, requestId: string) => {
    const asked = await world.shop.requestRefund(owner, { paymentId, minor, requestId, byHand: false })
    if (asked.kind !== 'requested') throw new Error(asked.kind)
    await Promise.all([world.shop.carryOutRefund(asked.refundId), world.shop.carryOutRefund(asked.refundId)])
    await world.processAll()
  }
  await refund(3_000n, 'half')
  expect(await has()).toMatchObject({ devices: 2 })
  await refund(null, 'rest')
  expect(await has()).toMatchObject({ devices: 1, standing: 'active' })
  expect(onServer()).toEqual([1])
  expect(await endingWithPlan()).toBe(0)
  expect(await accountOf('refunds')).toBe(-3_000)
  world.clock.advance(30 * dayMs)
  await world.shop.recognizeRevenue()
  expect(await accountOf('revenue')).toBe(9_900 + 3_000)
})

test('money that comes when its stretch is over, or for the second time, is the balance, and goes back from there', async () => {
  await buyPlan()
  const addonId = await sell('devices', 1)
  const late = await order(addonId)
  world.clock.advance(31 * dayMs)
  await buyPlan()
  expect((await pay(late)).kind).toBe('settled')
  expect(await has()).toMatchObject({ devices: 1 })
  expect(await accountOf(`customer:${anna.id}`)).toBe(6_000)
  expect(await told('topped_up')).toBe(1)
  const [row] = await world.fixture.database
    .em()
    .execute<{ why: string }[]>(
      `select content->'undelivered'->>'why' as why from notifications where content->>'kind' = 'topped_up'`,
    )
  expect(row!.why).toBe('over')
  const refund = { paymentId: late, minor: null, requestId: 'back', byHand: true }
  expect(await world.shop.requestRefund(owner, refund)).toMatchObject({ kind: 'booked' })
  expect(await accountOf(`customer:${anna.id}`)).toBe(0)

  const first = await order(addonId, 'again')
  const second = newId('payment')
  await world.fixture.database.em().execute(
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, reference, created_at, expires_at, next_check_at, checks)
       select ?, order_id, customer_id, provider, 'pending', amount_minor, currency, ?, created_at, expires_at, next_check_at, 0
       from payments where id = ?`,
    [second, 'second', first],
  )
  await pay(first)
  const shop = world.shopWith({
    ...world.provider,
    fetchStatus: async () => ({ kind: 'paid', received: roubles(60), paidAt: null }),
  })
  await Promise.all([shop.settlePayment(second), shop.settlePayment(second)])
  expect(await has()).toMatchObject({ devices: 2 })
  expect(await accountOf(`customer:${anna.id}`)).toBe(6_000)
})

test('a sum that is too small is held, and given as ordered only while there is a stretch to give it to', async () => {
  await buyPlan()
  const addonId = await sell('devices', 1)
  const accept = async (paymentId: PaymentId) => {
    world.provider.pay(`inv-${paymentId}`, roubles(50))
    expect((await world.shop.settlePayment(paymentId)).kind).toBe('mismatch')
    expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })).toMatchObject({ kind: 'accepted' })
  }
  await accept(await order(addonId))
  expect(await has()).toMatchObject({ devices: 2 })
  expect(await accountOf(`customer:${anna.id}`)).toBe(0)
  const late = await order(addonId, 'late')
  world.clock.advance(31 * dayMs)
  await accept(late)
  expect(await accountOf(`customer:${anna.id}`)).toBe(5_000)
  const [row] = await world.fixture.database
    .em()
    .execute<{ as: string }[]>(
      `select after->>'as' as "as" from audit_log where action = 'accept_mismatch' and subject = ?`,
      [late],
    )
  expect(row?.as).toBe('balance')
})

test('what stands behind the stretch, and bare days, have nothing of it', async () => {
  await buyPlan()
  await buy(await sell('devices', 2))
  await buy(await sell('traffic', 50))
  await world.shop.giveDays(owner, anna.id, { days: 15, requestId: 'give' })
  expect(await has()).toMatchObject({ devices: 3, gigabytes: 100 })
  world.clock.advance(31 * dayMs)
  await world.shop.startStretches()
  await world.processAll()
  expect(await has()).toMatchObject({ devices: 1, gigabytes: 25, standing: 'active' })
  expect(onServer()).toEqual([1])
})

test('from the balance and with a top-up of what is missing, pressed twice, it is bought once', async () => {
  await buyPlan()
  const addonId = await sell('devices', 1)
  const topUp = async (minor: bigint, wish: object) => {
    const to = { customerId: anna.id, providerId: 'fake', planId: null, returnUrl: '', description: '' }
    const started = await world.shop.startTopUp({ ...to, requestId: `t${minor}`, amount: money(minor, 'RUB'), ...wish })
    if (started.kind !== 'invoice') throw new Error(started.kind)
    return started.paymentId
  }
  await pay(await topUp(2_000n, {}))
  expect(await world.shop.buyAddon({ customerId: anna.id, addonId, requestId: 'b' })).toEqual({
    kind: 'short',
    missing: roubles(40),
  })
  const mixed = await topUp(4_000n, { addonId })
  world.provider.pay(`inv-${mixed}`)
  await Promise.all(Array.from({ length: 5 }, () => world.shop.settlePayment(mixed)))
  expect(await has()).toMatchObject({ devices: 2 })
  expect(await accountOf(`customer:${anna.id}`)).toBe(0)
  await pay(await topUp(12_000n, {}))
  const both = await Promise.all(
    [1, 2].map(() => world.shop.buyAddon({ customerId: anna.id, addonId, requestId: 'c' })),
  )
  expect(both.map(({ kind }) => kind).sort()).toEqual(['already_paid', 'bought'])
  expect(await has()).toMatchObject({ devices: 3 })
  expect(await accountOf(`customer:${anna.id}`)).toBe(6_000)
})

test('who has used up the traffic connects again at once, and is cut and told again at the new limit', async () => {
  await buyPlan()
  const addonId = await sell('traffic', 10)
  const carry = async (bytes: bigint) => {
    for (const account of world.vless.accounts.keys())
      world.vless.usage.set(account, {
        account: account as `vk-${string}`,
        uploadBytes: 0n,
        downloadBytes: bytes,
        lastSeenAt: null,
      })
    await world.shop.recordUsage()
    await world.processAll()
  }
  const isOpen = () => [...world.vless.accounts.values()].map(({ enabled }) => enabled)
  await carry(50n * gibibyte)
  expect([await has(), isOpen()]).toMatchObject([{ standing: 'traffic_used_up' }, [false]])
  await buy(addonId)
  expect([await has(), isOpen()]).toMatchObject([{ standing: 'active', gigabytes: 60 }, [true]])
  await carry(60n * gibibyte)
  expect([await has(), isOpen()]).toMatchObject([{ standing: 'traffic_used_up' }, [false]])
  expect(await told('traffic_used_up')).toBe(2)
})

test('a change of the plan carries it along, and makes no longer time of it', async () => {
  await buyPlan('month')
  await buy(await sell('devices', 2))
  const { devices } = await has()
  expect((await world.shop.listPlanSwitches(anna.id))?.switches).toEqual([])
  await world.fixture.database.em().nativeUpdate(PlanEntity, { code: 'small' }, { priceMinor: 50_000n })
  const [dearer] = (await world.shop.listPlanSwitches(anna.id))!.switches
  const { plan, endsAt } = dearer!
  expect((await world.shop.switchPlan({ customerId: anna.id, planId: plan.id, endsAt })).kind).toBe('switched')
  expect(devices).toBe(5)
  expect((await has()).devices).toBe(3)
  world.clock.advance(60 * dayMs)
  await world.shop.recognizeRevenue()
  expect(await accountOf('deferred')).toBe(0)
})

test('whoever may change plans makes and changes add-ons, once a button, and it is written down', async () => {
  const draft = { kind: 'devices', amount: 1, price: '60', currency: 'RUB' } as const
  const made = await Promise.all([1, 2, 3].map(() => world.shop.createAddon(owner, draft, 'button')))
  const { addonId } = made[0] as { readonly addonId: `add_${string}` }
  expect(new Set(made.map((one) => (one as { addonId: string }).addonId)).size).toBe(1)
  await world.shop.addStaff(owner, { telegramId: 7n, name: 'Boris', role: 'support' })
  expect((await world.shop.createAddon(7n, draft, 'x')).kind).toBe('forbidden')
  expect((await world.shop.updateAddon(7n, addonId, { isActive: true })).kind).toBe('forbidden')
  expect((await world.shop.listAddonsAsStaff(7n)).kind).toBe('forbidden')
  expect(await world.shop.createAddon(owner, { ...draft, amount: 0 }, 'y')).toMatchObject({ field: 'amount' })
  expect(await world.shop.updateAddon(owner, addonId, { price: '0' })).toMatchObject({ field: 'price' })
  expect(await world.shop.updateAddon(owner, addonId, { isActive: true })).toEqual({ kind: 'updated' })
  expect(await world.shop.updateAddon(owner, addonId, { price: '70' }, { price: '65' })).toEqual({
    kind: 'changed_meanwhile',
  })
  const otherPrices = [{ price: '1.50', currency: 'EUR' as const }]
  expect(await world.shop.updateAddon(owner, addonId, { price: '70', otherPrices }, { price: '60.00' })).toEqual({
    kind: 'updated',
  })
  expect(await world.shop.listAddonsAsStaff(owner)).toMatchObject({
    value: [{ price: roubles(70), otherPrices: [money(150n, 'EUR')], isActive: true }],
  })
  const [row] = await world.fixture.database
    .em()
    .execute<{ count: string }[]>(`select count(*) from audit_log where subject = ?`, [addonId])
  expect(Number(row!.count)).toBe(3)
})

test('is not the purchase that earns whoever invited its customer days; the plan after it is', async () => {
  const boris = await world.addCustomer('Boris')
  await world.shop.acceptInvitation(anna.id, boris.referralCode)
  await world.shop.giveDays(owner, anna.id, { days: 3, requestId: 'r' })
  await buy(await sell('devices', 1, '1'))
  expect(await world.shop.getSubscription(boris.id)).toBeNull()
  await buyPlan()
  expect(await world.shop.getSubscription(boris.id)).toMatchObject({ daysLeft: 7 })
})
