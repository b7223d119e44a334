import { createTestShop } from '@vpn-kiosk/shop/testing'
import { expect, inject, onTestFinished, test } from 'vitest'

test('what a group was sent grows older while nobody looks, and is forgotten after a minute', async () => {
  const world = await createTestShop(inject('postgresUrl'))
  onTestFinished(() => world.close())
  expect(await world.shop.recallSent('support', -100)).toEqual([])
  await world.shop.rememberSent('support', -100, [40_000, 5_000])
  world.clock.advance(10_000)
  expect(await world.shop.recallSent('support', -100)).toEqual([50_000, 15_000])
  world.clock.advance(10_000)
  expect(await world.shop.recallSent('support', -100)).toEqual([25_000])
  world.clock.advance(-60_000)
  expect(await world.shop.recallSent('support', -100)).toEqual([40_000, 5_000])
})
