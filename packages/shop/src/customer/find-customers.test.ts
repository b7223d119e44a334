import { type Customer, dayMs } from '@vpn-kiosk/domain'
import type { CustomerCursor, CustomerPage, Seen } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())

const em = () => world.fixture.database.em()

async function everyPage(read: (after: CustomerCursor | null) => Promise<Seen<CustomerPage>>): Promise<string[]> {
  const found: string[] = []
  let after: CustomerCursor | null = null
  do {
    const seen = await read(after)
    if (seen.kind !== 'seen') throw new Error('forbidden')
    expect(seen.value.lines.length).toBeLessThanOrEqual(10)
    found.push(...seen.value.lines.map(({ firstName }) => firstName))
    after = seen.value.next
  } while (after)
  return found
}

const find = (query: string) => everyPage((after) => world.shop.findCustomers(owner, query, after))

async function add(count: number, name: (index: number) => string): Promise<Customer[]> {
  const added: Customer[] = []
  for (let index = 0; index < count; index++) {
    world.clock.advance(1000)
    added.push(await world.addCustomer(name(index)))
  }
  return added
}

test('everybody who is found is there, page after page, the newest first and nobody twice', async () => {
  await add(23, (index) => `Мария ${index}`)
  expect(await find('мария')).toEqual(Array.from({ length: 23 }, (_, index) => `Мария ${22 - index}`))
  expect(await find('МАРИ')).toHaveLength(23)
})

test('customers of the same instant are neither lost nor repeated between two pages', async () => {
  for (let index = 0; index < 25; index++) await world.addCustomer(`Same ${index}`)
  expect(new Set(await find('same')).size).toBe(25)
})

test.each(['إيمان', '李小龙', 'Ægir', '🦊 Лис', 'Жан-Поль'])(
  '%s is found by a part of the name in any script',
  async (name) => {
    await world.addCustomer(name)
    expect(await find(name.slice(0, 2))).toContain(name)
    expect(await find(name)).toContain(name)
  },
)

test('one or two letters find words that begin with them', async () => {
  await world.addCustomer('Зоя Ёлкина')
  expect(await find('Ёл')).toEqual(['Зоя Ёлкина'])
  expect(await find('лк')).toEqual([])
  expect(await find('ёлк')).toEqual(['Зоя Ёлкина'])
})

test('who came long before the newest is found by their letters', async () => {
  const old = new Date(world.clock.now().getTime() - 900 * dayMs)
  await em().execute(
    `insert into customers (id, telegram_id, first_name, last_name, username, language, is_language_chosen, referral_code,
      notifications, last_active_at, created_at)
     select 'cus_old' || lpad(n::text, 8, '0'), 8000000 + n, 'Old ' || n, null, null, 'ru', true, 'old' || n, '{}', ?, ?
     from generate_series(1, 2040) as n`,
    [world.clock.now(), new Date(old.getTime() + dayMs)],
  )
  const [ancient] = await add(1, () => 'Пантелеймон Ветхий')
  await em().execute('update customers set created_at = ? where id = ?', [old, ancient!.id])
  expect(await find('телеймон')).toEqual(['Пантелеймон Ветхий'])
  expect(await find('on ве')).toEqual([])
  expect(await find('н Вет')).toEqual(['Пантелеймон Ветхий'])
})

test('each list has its people in its order, paged without a gap', async () => {
  const people = await add(24, (index) => `Buyer ${index}`)
  for (const [index, { id }] of people.entries()) await world.shop.giveDays(owner, id, { days: 30 - index })
  const ending = await everyPage((after) => world.shop.listCustomers(owner, 'ending', after))
  expect(ending).toEqual(people.map(({ firstName }) => firstName).reverse())
  await world.shop.banCustomer(owner, people[3]!.id)
  world.clock.advance(1000)
  await world.shop.banCustomer(owner, people[5]!.id)
  expect(await everyPage((after) => world.shop.listCustomers(owner, 'banned', after))).toEqual(['Buyer 5', 'Buyer 3'])
  world.clock.advance(8 * dayMs)
  await world.shop.expireSubscriptions()
  expect(await everyPage((after) => world.shop.listCustomers(owner, 'expired', after))).toEqual([
    'Buyer 22',
    'Buyer 23',
  ])
  const [trier] = await add(1, () => 'Trier')
  await world.shop.startTrial(trier!.id)
  expect(await everyPage((after) => world.shop.listCustomers(owner, 'trial', after))).toEqual(['Trier'])
  expect((await everyPage((after) => world.shop.listCustomers(owner, 'newest', after)))[0]).toBe('Trier')
})

test('neither search nor list is for strangers', async () => {
  expect(await world.shop.findCustomers(404n, 'anna')).toEqual({ kind: 'forbidden' })
  expect(await world.shop.listCustomers(404n, 'newest')).toEqual({ kind: 'forbidden' })
})
