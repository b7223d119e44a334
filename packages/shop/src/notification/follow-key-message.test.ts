import { createTestShop } from '@vpn-kiosk/shop/testing'
import { expect, inject, onTestFinished, test } from 'vitest'

test('a message of a key is looked at later each time, and in the end no more', async () => {
  const world = await createTestShop(inject('postgresUrl'))
  onTestFinished(() => world.close())
  const place = { botId: 1, chatId: 5551, messageId: 7 }
  const message = { ...place, customerId: 'cus_anna0000000000000000' as const, reason: 'trial' as const, ready: 1 }
  for (const looks of [0, 3, 10]) await world.shop.followKeyMessage({ ...message, looks })
  const jobs = await world.fixture.database.em().execute<{ delay: number; data: unknown }[]>(
    `select round(extract(epoch from start_after - created_on))::int as delay, data from pgboss.job
       where name = 'complete-key-message' order by start_after`,
  )
  expect(jobs).toEqual([
    { delay: 10, data: { ...message, looks: 0 } },
    { delay: 80, data: { ...message, looks: 3 } },
  ])
})
