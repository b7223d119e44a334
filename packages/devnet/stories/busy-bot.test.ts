import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import type { DevnetOptions } from '../src/create-devnet.ts'
import { openStory, type Story } from './story.ts'

const people = 3000
/** What Telegram lets a bot send in three seconds. */
const threeSeconds = 90
const firstId = 7_000_000
const clientBot = `@${cast.bots.client.username}`

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'], seed })
}, 120_000)
afterEach(() => story.end())

/** 3,000 people whose right ends tomorrow. Their traffic is used up, so that reminders are all the shop owes them. */
const seed: NonNullable<DevnetOptions['seed']> = async (app, { telegram }) => {
  for (let n = 1; n <= people; n++) {
    const { id } = telegram.people.createPerson({ id: firstId + n, firstName: `Person ${n}`, languageCode: 'ru' })
    telegram.people.start({ person: id, bot: clientBot })
  }
  // What they wrote by starting is not part of this story.
  await fetch(`${telegram.apiRoot}/bot${cast.bots.client.token}/deleteWebhook?drop_pending_updates=true`)
  const now = app.clock.now()
  await app.db.em().execute(
    `insert into customers (id, telegram_id, first_name, language, referral_code, notifications, last_active_at, created_at)
     select 'cus_' || lpad(n::text, 6, '0'), ${firstId} + n, 'Person', 'ru', 'code' || n, '{"expiry": true, "news": true}', now(), now()
     from generate_series(1, ${people}) n`,
  )
  await app.db.em().execute(
    `insert into subscriptions (id, customer_id, state, is_trial, starts_at, ends_at, traffic_limit_bytes, traffic_used_bytes, device_limit, token, created_at)
     select 'sub_' || lpad(n::text, 6, '0'), 'cus_' || lpad(n::text, 6, '0'), 'active', false, ?::timestamptz - interval '29 days',
       ?::timestamptz + interval '20 hours', 1, 1, 3, md5('token' || n), now() from generate_series(1, ${people}) n`,
    [now, now],
  )
  expect(await app.shop.remindExpiry()).toBe(people)
}

test('a key is told at once while 3,000 reminders wait for their turn at 30 a second', {
  timeout: 120_000,
}, async () => {
  const { telegram, testPay } = story.devnet
  telegram.people.setRateLimits({ isOn: true })
  const told = () =>
    telegram.people.listCalls({ method: 'sendMessage', limit: 10_000 }).filter((call) => call.status === 200).length
  await expect.poll(told).toBeGreaterThan(30)

  const anna = story.customer()
  anna.start()
  await anna.tap(/Купить/)
  await anna.tap('1 месяц')
  await anna.tap('Тестовая')
  await expect.poll(() => testPay.listInvoices(), { timeout: 20_000 }).toHaveLength(1)
  const before = told()
  await testPay.pay(testPay.listInvoices()[0]!.reference)
  await anna.sees(/Готово!/, 30_000)
  expect(told() - before).toBeLessThan(threeSeconds)
  expect(told()).toBeLessThan(people)
})
