import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let world: TestShop
const rows = 20_000

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  const em = world.fixture.database.em()
  await em.execute(
    `insert into customers (id, telegram_id, first_name, language, referral_code, notifications, created_at, last_active_at)
     select 'cus_p' || i, 900000 + i, 'P', 'ru', 'ref' || i, '{}', now(), now() from generate_series(1, 2000) i`,
  )
  await em.execute(
    `insert into orders (id, customer_id, plan_id, state, price_minor, currency, days, created_at, expires_at)
     select 'ord_p' || i, 'cus_p' || (1 + i % 2000), (select id from plans limit 1), 'paid', 100, 'RUB', 30,
       now() - i * interval '1 minute', now() from generate_series(1, ${rows}) i`,
  )
  await em.execute(
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, reference, created_at, expires_at, next_check_at, checks)
     select 'pay_p' || i, 'ord_p' || i, 'cus_p' || (1 + i % 2000), 'fake', case when i % 400 = 0 then 'pending' else 'paid' end,
       100, 'RUB', 'ref-' || i, now() - i * interval '1 minute', now(), now(), 0 from generate_series(1, ${rows}) i`,
  )
  await em.execute(
    `insert into payment_webhooks (id, provider, key, reference, summary, received_at, handled_at)
     select 'ntc_p' || i, 'fake', 'k' || i, 'ref-' || i, '{}', now(), now() from generate_series(1, ${rows}) i`,
  )
  await em.execute('analyze')
})
afterAll(() => world.close())

test.each([
  ['the newest page of all', `select * from payments order by created_at desc, id desc limit 9`],
  [
    'a page at any depth',
    `select * from payments where created_at <= now() - interval '9 days'
       and (created_at < now() - interval '9 days' or id < 'pay_p5') order by created_at desc, id desc limit 9`,
  ],
  [
    'a page of one customer',
    `select * from payments where customer_id = 'cus_p7' order by created_at desc, id desc limit 9`,
  ],
  ['a search by the provider’s reference', `select id from payments where reference = 'ref-77'`],
  ['what a webhook names', `select id from payments where provider = 'fake' and reference = 'ref-77'`],
  [
    'the references of a list',
    `select id, reference, state from payments where provider = 'fake' and reference = any(array['ref-1','ref-2'])`,
  ],
  [
    'what is due',
    `select id from payments where state in ('created', 'pending') and next_check_at <= now() order by next_check_at limit 200 for update skip locked`,
  ],
  [
    'the open invoices of an order',
    `select id from payments where order_id = 'ord_p7' and state in ('created', 'pending') limit 20`,
  ],
  ['the order of a button', `select id from orders where customer_id = 'cus_p7' and request_id = 'abcdefgh'`],
  ['webhooks that nobody handled', `select 1 from payment_webhooks where handled_at is null limit 10000`],
])('%s is read by an index', async (_, statement) => {
  const plan = await world.fixture.database.em().execute<{ 'QUERY PLAN': string }[]>(`explain ${statement}`)
  const text = plan.map((line) => line['QUERY PLAN']).join('\n')
  expect(text).toMatch(/Index|Bitmap/)
  expect(text).not.toMatch(/Seq Scan/)
})
