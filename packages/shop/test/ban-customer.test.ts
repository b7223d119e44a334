import type { PaymentId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterAll(() => world.close())

const jobsOf = async (paymentId: PaymentId) =>
  (
    await world.fixture.database
      .em()
      .execute<{ name: string }[]>(`select name from pgboss.job where data->>'paymentId' = ?`, [paymentId])
  ).map(({ name }) => name)

test('a ban closes open invoices, so that nobody pays for what is not given', async () => {
  const anna = await world.addCustomer('Anna')
  const { paymentId } = await world.openInvoice(anna)
  await world.shop.banCustomer(1n, anna.id)
  expect(await jobsOf(paymentId)).toEqual(['cancel-invoice'])
  await world.shop.cancelInvoice(paymentId)
  expect(await world.shop.findPaymentLine(paymentId)).toMatchObject({ state: 'canceled' })
})

test('whoever paid in the moment of the ban keeps the time, has no key, and gets it with the end of the ban', async () => {
  const boris = await world.addCustomer('Boris')
  const { paymentId, reference } = await world.openInvoice(boris)
  await world.shop.banCustomer(1n, boris.id)
  world.provider.pay(reference)
  await world.shop.cancelInvoice(paymentId)
  expect(await world.shop.findPaymentLine(paymentId)).toMatchObject({ state: 'paid' })
  await world.processAll()
  expect(world.vless.accounts.size).toBe(0)
  await world.shop.unbanCustomer(1n, boris.id)
  await world.processAll()
  expect((await world.shop.getKey(boris.id))?.waysIn).toHaveLength(1)
})
