import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { loadTranslations as adminWords, createAdminBot } from '@vpn-kiosk/admin-bot'
import { loadTranslations as clientWords, createClientBot } from '@vpn-kiosk/client-bot'
import type { AddonId, Customer, ServerId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { createSupportBot, loadTranslations as supportWords } from '@vpn-kiosk/support-bot'
import type { BotContext } from '@vpn-kiosk/telegram'
import { createBotHarness, type FeedOptions, type Harness } from '@vpn-kiosk/telegram/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

type Bag = Record<string, unknown>
interface Button {
  readonly name: string
  pack(values: Bag): string
}

const owner = 1n
const [agent, dismissed, stranger] = [7n, 8n, 9n]
const group = -100_1
const secretName = 'Annas phone'
const cardTitle = 'Annas Visa 4242'
const places = { defaultLanguage: 'en', timeZone: 'Europe/Moscow' } as const
/** Read once: each of hundreds of buttons is pressed in a bot of its own. */
const words = { admin: adminWords(places), client: clientWords(places), support: supportWords(places) }

let world: TestShop
let anna: Customer
let ids: Bag

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  const { shop } = world
  await world.addServer()
  await world.addServer(world.wireguard)
  for (const telegramId of [agent, dismissed])
    await shop.addStaff(owner, { telegramId, name: 'Max', role: telegramId === agent ? 'support' : 'admin' })
  await shop.removeStaff(owner, await idOf(`select id from staff where telegram_id = 8`))
  anna = await world.addCustomer('Anna')
  const { paymentId, reference } = await world.openInvoice(anna)
  world.provider.pay(reference)
  await shop.settlePayment(paymentId)
  const server = await idOf<ServerId>(`select server_id as id from endpoints where driver = 'fake-wireguard'`)
  await shop.addDevice({ customerId: anna.id, serverId: server, name: secretName })
  await world.processAll()
  const message = {
    chatId: 5,
    botId: 1,
    sourceMessageId: 1,
    kind: 'text',
    text: 'Hi',
    albumId: null,
    replyToId: null,
  } as const
  const { ticket } = await shop.receiveCustomerMessage(anna.id, message)
  await shop.createBroadcast(owner, 'News')
  const group = { id: 'abc123', name: 'Partners', percent: 15 }
  await shop.changeDiscountSettings(owner, { kind: 'save_group', group })
  const devices = { kind: 'devices', amount: 2, price: '60', currency: 'RUB' } as const
  await shop.createAddon(owner, devices, 'addon001')
  const addon = await idOf<AddonId>('select id from addons')
  await shop.updateAddon(owner, addon, { isActive: true })
  const gift = { kind: 'discount', size: { kind: 'percent', percent: 20 } } as const
  const limits = { mostUses: 1, mostUsesEach: 1, isForNewcomers: false, plans: null, startsAt: null, endsAt: null }
  await shop.createPromos(owner, { code: 'SPRING', gift, ...limits, count: 2, requestId: 'press001' })
  await world.fixture.database
    .em()
    .execute(
      `insert into saved_cards (id, customer_id, provider, secret, title, created_at) values (?, ?, 'fake', 'sealed', ?, now())`,
      ['crd_0123456789abcdefghjk', anna.id, cardTitle],
    )
  ids = {
    ...{ customer: anna.id, payment: paymentId, server, ticket: ticket.id, request: 'press001', provider: 'fake' },
    endpoint: await idOf(`select id from endpoints where driver = 'fake-wireguard'`),
    device: await idOf('select id from devices'),
    card: 'crd_0123456789abcdefghjk',
    addon,
    webhook: 'whk_0123456789abcdefghjk',
    group: 'abc123',
    plan: await idOf(`select id from plans where code = 'month'`),
    broadcast: await idOf('select id from broadcasts'),
    staff: await idOf('select id from staff'),
    batch: await idOf('select id from promo_batches'),
    code: await idOf('select code as id from promo_codes'),
    ...{
      city: 'Amsterdam',
      olderThan: null,
      person: Number(stranger),
      index: 0,
      count: 1,
      at: 0,
      days: 7,
      page: 0,
      place: 0,
      end: 29_000_000,
      version: 1,
      period: null,
      on: true,
      hours: '567-1080-1320-20',
      decided: true,
    },
  }
})
afterEach(() => world.close())

async function idOf<T extends string>(query: string): Promise<T> {
  return (await world.fixture.database.em().execute<{ id: T }[]>(query))[0]!.id
}

/** Whatever a choice in a button may be: of each only what its button knows is packed. */
const choices = [
  ...['active', 'draining', 'disabled', 'nobody', 'cut_off', 'anything', 'isActive', 'isPopular', 'admin', 'support'],
  ...['trialDays', 'referralBonusDays', 'name', 'logo', 'xui', 'wireguard', 'usual', 'save', 'anew', 'cancel', 'back'],
  ...[
    'title',
    'days',
    'price',
    'traffic',
    'trafficGigabytes',
    'devices',
    'position',
    'percent',
    'capacity',
    'city',
    'host',
    'password',
  ],
  ...[
    'settings',
    'access',
    'publicHost',
    'running',
    'expired',
    'banned',
    'never',
    'iphone',
    'android',
    'ios',
    'methods',
    'menu',
    'expiry',
    'trial',
    'isForTrial',
    'isForUse',
    'ordered',
    'balance',
    'friendBonusDays',
    'freezeDays',
    'freezesPerYear',
    'graceHours',
    'offer',
    'ru',
  ],
]

/** The data of every button that a bot's features define, about what is Anna's. */
async function buttonsOf(bot: 'admin' | 'client' | 'support'): Promise<string[]> {
  const features = join(import.meta.dirname, '../../../bots', bot, 'src/features')
  const found = new Set<string>()
  for (const feature of await readdir(features)) {
    const module = await import(join(features, feature, 'callbacks.ts')).catch(() => ({}))
    for (const button of Object.values(module as object))
      if (isButton(button)) for (const data of packed(button)) found.add(data)
  }
  return [...found]
}

const isButton = (value: unknown): value is Button => typeof value === 'object' && value !== null && 'pack' in value

function packed(button: Button): string[] {
  const data = choices.flatMap((word) => {
    try {
      return [button.pack(new Proxy(ids, { get: (bag, key) => (Object.hasOwn(bag, key) ? bag[String(key)] : word) }))]
    } catch {
      return []
    }
  })
  if (data.length === 0) throw new Error(`no word of this test fits the button ${button.name}`)
  return data
}

/** What nobody but who may has any business with. Whoever presses becomes a customer, and leaves signs of life. */
const read = async (): Promise<unknown> => {
  const em = world.fixture.database.em()
  const tables = [
    'plans',
    'promo_codes',
    'promo_batches',
    'servers',
    'endpoints',
    'staff',
    'broadcasts',
    'tickets',
    'ticket_messages',
    'audit_log',
  ]
  const annas = ['orders', 'payments', 'saved_cards', 'subscriptions', 'notifications'].map((table) => [
    table,
    `customer_id = '${anna.id}'`,
  ])
  const hers = `subscription_id in (select id from subscriptions where customer_id = '${anna.id}')`
  const rows = [
    ...tables.map((table) => [table, 'true']),
    ['settings', `key not like 'speaks:%'`],
    ...annas,
    ...['devices', 'accesses', 'subscription_periods'].map((table) => [table, hers]),
  ].map(
    ([table, where]) =>
      `select '${table}' as name, (to_jsonb(t) - 'places_taken')::text as row from ${table} t where ${where}`,
  )
  const people = `select 'customers', concat(id, banned_at, trial_used_at, notifications) from customers where id = '${anna.id}'`
  return em.execute(`${[...rows, people].join(' union all ')} order by 1, 2`)
}

type Make = () => Harness<BotContext>

/** Presses each button in a bot of its own, so that no flood limit hides one; what was shown, all together. */
async function pressAll(
  make: Make,
  buttons: readonly string[],
  where: FeedOptions = {},
  { isAnswered = true } = {},
): Promise<string> {
  const shown: string[] = []
  for (const data of buttons) {
    const bot = make()
    await bot.forge(data, where)
    if (isAnswered) expect(bot.answers.length, `${data} was not answered`).toBeGreaterThan(0)
    shown.push(...bot.answers, ...bot.screens.map(({ text, buttons: rows }) => text + JSON.stringify(rows)))
    shown.push(...bot.calls.map(({ payload }) => String(payload.text ?? payload.caption ?? '')))
  }
  return shown.join('\n')
}

const adminBot = (id: bigint) => (): Harness<BotContext> =>
  createBotHarness((base) => createAdminBot({ ...base, shop: world.shop, translations: words.admin }), {
    id: Number(id),
    language: 'en',
    keepErrors: true,
  }) as unknown as Harness<BotContext>

const clientBot = (id: bigint) => (): Harness<BotContext> =>
  createBotHarness(
    (base) => createClientBot({ ...base, shop: world.shop, translations: words.client, pause: async () => {} }),
    { id: Number(id), language: 'en', keepErrors: true },
  ) as unknown as Harness<BotContext>

const supportBot = (id: bigint) => (): Harness<BotContext> =>
  createBotHarness(
    (base) =>
      createSupportBot({
        ...base,
        shop: world.shop,
        translations: words.support,
        groupId: group,
        retryDelaysMs: [],
      }).bot,
    { id: Number(id), language: 'en', keepErrors: true },
  ) as unknown as Harness<BotContext>

const annasSecrets = async (): Promise<string[]> => [
  secretName,
  cardTitle,
  await idOf('select token as id from subscriptions'),
]

describe('every button of the admin bot', () => {
  test.each([
    ['a stranger', stranger],
    ['somebody whose role was taken away', dismissed],
    ['a customer', 1001n],
  ])('changes and shows nothing to %s', async (_, person) => {
    const buttons = await buttonsOf('admin')
    expect(buttons.length).toBeGreaterThan(60)
    const before = await read()
    const shown = await pressAll(adminBot(person), buttons)
    expect(await read()).toEqual(before)
    expect(new Set(shown.split('\n').filter((text) => text !== '')).size).toBe(1)
  })

  test('changes nothing for an agent, who may look at customers, and much for the owner', async () => {
    const buttons = await buttonsOf('admin')
    const before = await read()
    await pressAll(adminBot(agent), buttons)
    expect(await read()).toEqual(before)
    await pressAll(adminBot(owner), buttons)
    expect(await read()).not.toEqual(before)
  })
})

test('every button of the client bot leaves alone what is another’s, and shows none of it', async () => {
  const buttons = await buttonsOf('client')
  expect(buttons.length).toBeGreaterThan(25)
  const before = await read()
  const shown = await pressAll(clientBot(stranger), buttons)
  expect(await read()).toEqual(before)
  for (const secret of await annasSecrets()) expect(shown).not.toContain(secret)
  const hers = await pressAll(clientBot(anna.telegramId), buttons)
  expect(await read()).not.toEqual(before)
  expect(hers).toContain(secretName)
})

test.each([
  ['a stranger in the group', stranger],
  ['a dismissed admin in the group', dismissed],
  ['the customer in the group', 1001n],
])('every button of the support bot changes and shows nothing to %s', async (_, person) => {
  const buttons = await buttonsOf('support')
  const before = await read()
  for (const where of [{ chatId: group }, { chatId: group - 1 }, {}]) {
    const shown = await pressAll(supportBot(person), buttons, where, { isAnswered: where.chatId !== group - 1 })
    for (const secret of await annasSecrets()) expect(shown).not.toContain(secret)
  }
  expect(await read()).toEqual(before)
  await pressAll(supportBot(agent), buttons, { chatId: group })
  expect(await read()).not.toEqual(before)
})

test('nobody but the owner learns from the button that makes an agent who has a role already', async () => {
  const shown: string[] = []
  for (const person of [stranger, agent, owner]) {
    const button = `agent:${person.toString(36)}`
    shown.push(await pressAll(supportBot(stranger), [button], { chatId: group }))
  }
  expect(new Set(shown).size).toBe(1)
})
