import type { Customer, PaymentId } from '@vpn-kiosk/domain'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type CrashWorld, createCrashWorld, type VerbCallInChild } from './crash/crash-world.ts'

let world: CrashWorld
let people = 700n

beforeAll(async () => {
  world = await createCrashWorld(inject('postgresUrl'))
}, 60_000)
afterAll(() => world.close())

const dayMs = 24 * 3_600_000

/** All that the verbs below write, of this world. */
const tables = [
  'accesses',
  'audit_log',
  'broadcasts',
  'held_discounts',
  'ledger_entries',
  'notifications',
  'orders',
  'payments',
  'promo_codes',
  'alerts',
  'alert_events',
  'staff_notifications',
  'subscription_periods',
  'subscriptions',
]

interface Written extends Record<string, readonly string[]> {
  jobs: readonly string[]
}

async function readAll(): Promise<Written> {
  const em = world.app.db.em()
  const all: Written = { jobs: [] }
  for (const table of tables)
    all[table] = (await em.execute<{ row: string }[]>(`select t::text as row from ${table} t order by 1`)).map(
      ({ row }) => row,
    )
  const jobs = 'select name, data::text as data from pgboss.job order by name, data::text'
  all.jobs = (await em.execute<{ name: string; data: string }[]>(jobs)).map(({ name, data }) => `${name} ${data}`)
  return all
}

/** Killed at the step nothing has changed, then it is done; the third call, and any more, changes nothing. */
async function crashAndRepeat(call: VerbCallInChild): Promise<Written> {
  const before = await readAll()
  expect(await world.callVerb(call)).toBe('SIGKILL')
  expect(await readAll()).toEqual(before)
  const whole = { ...call, fatalStep: 'none' }
  expect(await world.callVerb(whole)).toBeNull()
  const after = await readAll()
  expect(after).not.toEqual(before)
  expect(await world.callVerb(whole)).toBeNull()
  expect(await readAll()).toEqual(after)
  return after
}

async function addCustomer(): Promise<Customer> {
  people += 1n
  return (await world.app.shop.recognizeCustomer({ telegramId: people, firstName: 'Anna' })).customer
}

async function openPaidInvoice(customer: Customer): Promise<PaymentId> {
  const { shop } = world.app
  const plan = (await shop.listPlans())[0]!
  const terms = { providerId: 'test', returnUrl: 'https://t.me/x', description: 'VPN' }
  const started = await shop.startPurchase({ customerId: customer.id, planId: plan.id, ...terms })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  await shop.rememberInvoiceMessage({
    botId: 1,
    chatId: Number(customer.telegramId),
    messageId: 5,
    paymentId: started.paymentId,
  })
  await world.provider.pay(
    world.provider.listInvoices().find(({ paymentId }) => paymentId === started.paymentId)!.reference,
  )
  return started.paymentId
}

const jobsNamed = (all: Written, name: string): string[] => all.jobs.filter((job) => job.startsWith(`${name} `))

const timeout = 60_000

test('a change of stretch', { timeout }, async () => {
  const { shop } = world.app
  const customer = await addCustomer()
  await shop.giveDays('operator', customer.id, { days: 1 })
  expect(await shop.startTrial(customer.id)).toMatchObject({ kind: 'started' })
  const after = await crashAndRepeat({
    fatalStep: 'stretches:before-commit',
    verb: 'startStretches',
    aheadMs: 2 * dayMs,
  })
  expect(jobsNamed(after, 'provision-access').length).toBeGreaterThan(0)
  expect(await shop.getSubscription(customer.id)).toMatchObject({ isTrial: true })
})

test('days taken back', { timeout }, async () => {
  const { id } = await addCustomer()
  await world.app.shop.giveDays('operator', id, { days: 30, requestId: 'press001' })
  const parameters = [id, 'press001']
  await crashAndRepeat({ fatalStep: 'take-back:before-commit', verb: 'takeBackDays', parameters })
})

test('a broadcast that starts', { timeout }, async () => {
  const created = await world.app.shop.createBroadcast('operator', 'News')
  if (created.kind !== 'created') throw new Error(created.kind)
  const parameters = [created.broadcastId]
  const after = await crashAndRepeat({ fatalStep: 'broadcast:before-commit', verb: 'startBroadcast', parameters })
  expect(jobsNamed(after, 'deliver-broadcast')).toHaveLength(1)
})

test('a payment that twenty endpoints are to serve and whose message is to change', { timeout }, async () => {
  for (let server = 2; server <= 20; server += 1) await world.addServer(`ams-${server}`)
  const customer = await addCustomer()
  const paymentId = await openPaidInvoice(customer)
  const parameters = [paymentId]
  const after = await crashAndRepeat({ fatalStep: 'settle:before-commit', verb: 'settlePayment', parameters })
  const [payment] = await world.app.db
    .em()
    .execute<{ order_id: string }[]>('select order_id from payments where id = ?', [paymentId])
  expect(jobsNamed(after, 'edit-invoice-messages').join()).toContain(payment!.order_id)
  const accesses = await world.app.db
    .em()
    .execute<{ id: string }[]>(
      `select a.id from accesses a join subscriptions s on s.id = a.subscription_id where s.customer_id = ?`,
      [customer.id],
    )
  expect(accesses).toHaveLength(20)
  const granted = jobsNamed(after, 'provision-access').join()
  for (const { id } of accesses) expect(granted).toContain(id)
})

test('the rest of a price with a code, which the code’s only use is kept for', { timeout }, async () => {
  const { shop } = world.app
  const { id: customerId } = await addCustomer()
  const gift = { kind: 'discount', size: { kind: 'percent', percent: 20 } } as const
  const limits = { mostUses: 1, mostUsesEach: 1, isForNewcomers: false, plans: null, startsAt: null, endsAt: null }
  await shop.createPromo('operator', { code: 'SPRING', gift, ...limits })
  await shop.redeemPromo(customerId, 'SPRING')
  const plan = (await shop.listPlans(customerId))[0]!
  const terms = { customerId, providerId: 'test', returnUrl: 'https://t.me/x', description: 'VPN' }
  const started = await shop.startTopUp({ ...terms, amount: plan.price, planId: plan.id, requestId: 'r' })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  const invoices = world.provider.listInvoices()
  await world.provider.pay(invoices.find(({ paymentId }) => paymentId === started.paymentId)!.reference)
  const parameters = [started.paymentId]
  await crashAndRepeat({ fatalStep: 'balance:before-commit', verb: 'settlePayment', parameters })
  expect(await shop.listPromos('operator')).toMatchObject({ value: [{ code: 'SPRING', uses: 1 }] })
  expect(await shop.findHeldPromo(customerId)).toBeNull()
  expect(await shop.getSubscription(customerId)).toMatchObject({ daysLeft: plan.days })
  expect(await shop.getBalance(customerId)).toMatchObject({ amounts: [] })
})

test('alerts to staff that are folded', { timeout }, async () => {
  await crashAndRepeat({ fatalStep: 'staff:before-commit', verb: 'gatherStaffNotifications' })
})
