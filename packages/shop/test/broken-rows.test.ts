import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

/* One row that cannot be read, or a number that cannot be, stops nothing else. */

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.deps.db.em()

async function buy() {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return customer
}

test('a key whose documents do not open is made anew, and the others are shown', async () => {
  await world.addServer()
  const customer = await buy()
  await world.processAll()
  await em().execute(`update accesses a set credentials = b.credentials from accesses b where a.id < b.id`)
  expect(await world.shop.getKey(customer.id)).toMatchObject({ waysIn: [{}], ready: { count: 1, of: 2 } })
  await world.processAll()
  expect(await world.shop.getKey(customer.id)).toMatchObject({ waysIn: [{}, {}], ready: { count: 2, of: 2 } })
})

test('a ban takes away an account whose secrets do not open', async () => {
  const customer = await buy()
  await world.processAll()
  await em().execute(`update accesses set secrets = 'bound.test.AAAA.AAAA.AAAA'`)
  await world.shop.banCustomer(owner, customer.id)
  await world.processAll()
  expect([...world.vless.accounts.values()].filter((account) => account.enabled)).toEqual([])
})

test.each([2n ** 63n, 10n ** 30n, -1n])('a counter of %s keeps nobody else’s from being added up', async (counter) => {
  await buy()
  const { id } = await buy()
  await world.processAll()
  const [poisoned, other] = [...world.vless.accounts.values()].map(({ account }) => account)
  const usage = (account: `vk-${string}`, uploadBytes: bigint) =>
    world.vless.usage.set(account, { account, uploadBytes, downloadBytes: 0n, lastSeenAt: null })
  usage(poisoned!, counter)
  usage(other!, 5000n)
  await world.shop.recordUsage()
  expect(await world.shop.getSubscription(id)).toMatchObject({ trafficUsedBytes: 5000n })
  const sums = await em().execute<{ sum: string }[]>('select upload_bytes::text as sum from accesses order by 1')
  expect(sums.map(({ sum }) => sum)).toEqual(['0', '5000'])
})

test('an allowance that no column could hold is the largest that it can', async () => {
  await em().execute(`update plans set traffic_limit_bytes = 9223372036854775807 where code = 'month'`)
  const { id } = await buy()
  expect(await world.shop.giveDays(owner, id, { days: 3650 })).toMatchObject({ kind: 'extended' })
})
