import { minuteMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

/* Every payment provider is away: customers read so instead of trying one after another, and the owner hears of it. */

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

const providers = () => {
  const { yookassa, cryptobot, wata, testPay, coingate } = story.devnet
  return [yookassa, cryptobot, wata, testPay, coingate]
}

async function probe(rounds: number) {
  for (let round = 0; round < rounds; round += 1) {
    story.devnet.clock.advance(5 * minuteMs)
    await story.devnet.app.shop.probeProviders()
  }
}

test('a shop that nobody can pay says so to customers and its owner, and both see when it works again', async () => {
  const anna = story.customer()
  anna.start()
  story.owner().start()
  for (const { faults } of providers()) faults.setDown(true)
  await probe(3)
  await anna.tap('Купить')
  await anna.tap('1 месяц')
  await anna.sees('Оплата сейчас не работает')
  await story.owner().sees('Никто не может заплатить')
  for (const { faults } of providers()) faults.setDown(false)
  await probe(1)
  await story.owner().sees(/Никто не может заплатить[\s\S]*Закончилось/)
  anna.start()
  await anna.tap('Купить')
  await anna.tap('1 месяц')
  await anna.sees('Как удобнее заплатить')
  expect(anna.count('Оплата сейчас не работает')).toBe(1)
})
