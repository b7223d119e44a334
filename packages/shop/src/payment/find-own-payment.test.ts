import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

test('a payment is shown to whoever made it, with its plan for as long as that is on sale', async () => {
  const [anna, boris] = [await world.addCustomer('Anna'), await world.addCustomer('Boris')]
  const { paymentId } = await world.openInvoice(anna)
  const { shop } = world
  const month = (await shop.listPlans()).find(({ code }) => code === 'month')!
  expect(await shop.findOwnPayment(anna.id, paymentId)).toMatchObject({ payment: { id: paymentId }, again: month.id })
  expect(await shop.findOwnPayment(boris.id, paymentId)).toBeNull()
  await world.fixture.database.em().execute(`update plans set is_active = false where id = ?`, [month.id])
  expect(await shop.findOwnPayment(anna.id, paymentId)).toMatchObject({ again: null })
})
