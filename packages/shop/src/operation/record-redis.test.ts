import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

let world: TestShop
beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())

const told = async () =>
  (
    await world.fixture.database
      .em()
      .execute<{ content: { kind: string } }[]>(
        `select content from alert_events where content->>'kind' like 'redis%' order by id`,
      )
  ).map(({ content }) => content.kind)

test('a Redis that is away is told once, after a second miss, and once that it is back', async () => {
  await world.shop.recordRedis(true)
  await world.shop.recordRedis(false)
  await world.shop.recordRedis(true)
  expect(await told()).toEqual([])
  for (const _ of [1, 2, 3, 4]) await world.shop.recordRedis(false)
  expect(await told()).toEqual(['redis_down'])
  for (const _ of [1, 2]) await world.shop.recordRedis(true)
  expect(await told()).toEqual(['redis_down', 'redis_up'])
})
