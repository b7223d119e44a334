import { dayMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

async function presser() {
  const { id: customerId } = await world.addCustomer()
  const plans = await world.shop.listPlans()
  return async (planAt = 0) => {
    const result = await world.shop.startPurchase({
      customerId,
      planId: plans[planAt]!.id,
      providerId: world.provider.id,
      returnUrl: '',
      description: '',
      requestId: 'button',
    })
    return result.kind === 'invoice' ? result.orderId : result.kind
  }
}

test('a button whose order has run out makes one new order, however often it is pressed', async () => {
  const press = await presser()
  const first = await press()
  world.clock.advance(40 * dayMs)
  const pressed = [await press(), ...(await Promise.all([press(), press()]))]
  expect(new Set(pressed).size).toBe(1)
  expect(pressed[0]).not.toBe(first)
})

test('one that now stands for another plan makes an order of that plan', async () => {
  const press = await presser()
  const first = await press(0)
  const second = await press(1)
  expect(second).toMatch(/^ord_/)
  expect(second).not.toBe(first)
  expect([await press(0), await press(1)]).toEqual([first, second])
})

test('one that showed a lower price is not handed the dearer invoice of another button', async () => {
  const { id: customerId } = await world.addCustomer()
  const [plan] = await world.shop.listPlans()
  const wish = { customerId, planId: plan!.id, providerId: world.provider.id, returnUrl: '', description: '' }
  const { minor } = plan!.price
  expect(await world.shop.startPurchase({ ...wish, requestId: 'a', shownMinor: minor })).toMatchObject({
    kind: 'invoice',
  })
  const cheaper = { ...wish, requestId: 'b', shownMinor: minor - 100n }
  expect(await world.shop.startPurchase(cheaper)).toEqual({ kind: 'price_changed' })
  expect(await world.shop.startPurchase({ ...wish, requestId: 'c', shownMinor: minor })).toMatchObject({
    kind: 'invoice',
  })
})
