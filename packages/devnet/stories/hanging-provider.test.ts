import { minuteMs, type PaymentId } from '@vpn-kiosk/domain'
import { jobs } from '@vpn-kiosk/jobs'
import { createShop, type Shop } from '@vpn-kiosk/shop'
import { createFakeProvider, createTestShop, type FakeProvider, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

/* One provider that takes calls and never answers delays nobody who pays by another. */

const openInvoices = 60

let world: TestShop
let shop: Shop
let slow: FakeProvider
let quick: FakeProvider

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  slow = createFakeProvider('slow')
  quick = createFakeProvider('quick')
  const providers = new Map([slow, quick].map((provider) => [provider.id, provider]))
  shop = createShop({ ...world.deps, providers })
})
afterEach(() => world.close())

async function openInvoice(providerId: string, name: string): Promise<PaymentId> {
  const customer = await world.addCustomer(name)
  const plan = (await shop.listPlans()).find(({ code }) => code === 'month')!
  const result = await shop.startPurchase({
    customerId: customer.id,
    planId: plan.id,
    providerId,
    returnUrl: 'https://t.me/shop',
    description: 'month',
  })
  if (result.kind !== 'invoice') throw new Error(`expected an invoice, got ${result.kind}`)
  return result.paymentId
}

const stateOf = async (id: PaymentId) =>
  (await world.fixture.database.em().execute<{ state: string }[]>('select state from payments where id = ?', [id]))[0]
    ?.state

test('what is paid by another provider is settled at once while sixty invoices wait for one that hangs', async () => {
  for (let count = 0; count < openInvoices; count++) await openInvoice('slow', `Customer ${count}`)
  const paid = await openInvoice('quick', 'Anna')
  slow.hang(true)
  world.clock.advance(5 * minuteMs)
  expect(await shop.sweepPayments()).toBe(openInvoices + 1)
  for (const job of jobs) if (job.name === 'settle-payment') await job.register(world.queue, shop)
  await expect.poll(() => slow.statusCalls()).toBeGreaterThan(0)

  quick.pay(`inv-${paid}`)
  const startedAt = performance.now()
  const webhook = { body: Buffer.from(`paid inv-${paid}`), headers: {}, sourceIp: '127.0.0.1' }
  expect(await shop.receiveWebhook('quick', webhook)).toEqual({ kind: 'stored' })
  await expect.poll(() => stateOf(paid), { interval: 20 }).toBe('paid')
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
