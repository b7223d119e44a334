import type { StaffAlert } from '@vpn-kiosk/domain'
import type { Shop, StaffNotificationOutcome, StaffNotificationToSend } from '@vpn-kiosk/shop'
import { silentLogger } from '@vpn-kiosk/telegram'
import { afterEach, expect, test, vi } from 'vitest'
import { adminHarness, translations } from '../testing/admin-harness.ts'
import { broadcast, fakeShop, payment } from '../testing/fake-shop.ts'
import { type StaffTeller, startTellingStaff } from './start-telling-staff.ts'

const at = new Date('2026-11-21T09:03:00Z')
const alerts: StaffAlert[] = [
  { kind: 'sale', paymentId: payment.id },
  { kind: 'payment_mismatch', paymentId: payment.id },
  { kind: 'access_stuck', serverName: 'ams-1', count: 200, since: at.toISOString(), reason: 'panel <down>' },
  { kind: 'server_down', serverName: 'ams-1', reason: 'no answer' },
  { kind: 'access_healed', serverName: 'ams-1', reason: 'no answer' },
  { kind: 'server_up', serverName: 'ams-1' },
  { kind: 'nobody_served', cause: 'full' },
  { kind: 'nobody_served', cause: 'no_server' },
  { kind: 'room_runs_out', people: 40, days: 7 },
  { kind: 'room_again', people: 40 },
  { kind: 'provider_down', provider: 'yookassa', reason: 'fetch <failed>' },
  { kind: 'provider_up', provider: 'yookassa' },
  { kind: 'key_ends', provider: 'wata', until: at.toISOString() },
  { kind: 'provider_refused', provider: 'yookassa', sentence: 'HTTP 400: Receipt is <missing> or illegal' },
  { kind: 'provider_refused', provider: 'yookassa', sentence: 'HTTP 403 <forbidden>', of: 'cards' },
  { kind: 'refund_failed', paymentId: payment.id, reason: 'HTTP 400: Receipt is <missing> or illegal' },
  { kind: 'nobody_can_pay' },
  { kind: 'payment_again' },
  { kind: 'endpoint_refused', serverName: 'ams-1', code: 'wrong_credentials', reason: 'login: wrong <down>' },
  { kind: 'endpoint_degraded', serverName: 'ams-1', problems: [{ code: 'inbound_off', detail: 'WS <down> :8443' }] },
  { kind: 'backup_failed', reason: 'the disk is full' },
  { kind: 'notification_refused', to: 'customers', what: 'expired', reason: "can't parse <entities>" },
  { kind: 'customers_untold', waiting: 12, since: at.toISOString() },
  { kind: 'broadcast_finished', broadcastId: broadcast.id },
  { kind: 'relay_stuck', waiting: 3, since: at.toISOString(), trouble: 'kicked' },
  { kind: 'relay_healed' },
  { kind: 'agent_wanted', telegramId: '77', name: '<b>Ida' },
]

function due(
  notification: StaffAlert,
  of: Partial<StaffNotificationToSend> & { alert?: Partial<StaffNotificationToSend['alert']> } = {},
): StaffNotificationToSend {
  return {
    alertId: 'alr_one',
    telegramId: 1n,
    language: 'en',
    revision: 1,
    attempts: 1,
    message: null,
    ...of,
    alert: { content: notification, isMany: false, count: 1, firstAt: at, overAt: null, ...of.alert },
  }
}

let teller: StaffTeller | undefined
afterEach(() => teller?.close())

/** An admin bot that tells what is due, page by page, and the outcomes that it wrote down. */
function telling(...pages: StaffNotificationToSend[][]) {
  const bot = adminHarness()
  const outcomes: [bigint, StaffNotificationOutcome][] = []
  const adopted: unknown[] = []
  let lostWrites = 0
  const verbs: Partial<Shop> = {
    sumSales: async () => [{ minor: 1_704_300n, currency: 'RUB' }],
    gatherStaffNotifications: async () => 0,
    claimStaffNotifications: async () => pages.shift() ?? [],
    getStaffNotificationDelay: async () => (pages.length > 0 ? 0 : null),
    recordStaffNotification: async (told, outcome) => {
      if (lostWrites-- > 0) throw new Error('terminating connection')
      outcomes.push([told.telegramId, outcome])
    },
    adoptStaffAlert: async (notification) => void adopted.push(notification),
  }
  const start = (more: Partial<Shop> = {}) => {
    const { api } = bot.bot
    teller = startTellingStaff({
      shop: fakeShop({ ...verbs, ...more }),
      api,
      botId: 42n,
      translations,
      logger: silentLogger,
    })
    return teller
  }
  const told = (count: number) => vi.waitFor(() => expect(outcomes).toHaveLength(count))
  const add = (...page: StaffNotificationToSend[]) => void pages.push(page)
  const loseWrites = (count: number): void => {
    lostWrites = count
  }
  return { bot, outcomes, adopted, start, told, add, loseWrites }
}

test.each([
  [null, 'no server has room', 'На серверах нет мест'],
  [null, 'no server is open', 'Нет ни одного открытого сервера'],
  ['ams-1', 'the server is down: ECONNRESET', 'ams-1 не отвечает. <i>ECONNRESET</i>'],
  ['ams-1', 'the server is disabled', 'ams-1 выключен.'],
  ['ams-1', 'its turn has not come', 'ams-1: до них ещё не дошла очередь'],
  ['ams-1', 'panel <odd>', 'ams-1: <i>panel &lt;odd&gt;</i>'],
])('who waits at %s for “%s”: staff read why in their language', async (serverName, reason, words) => {
  const notification: StaffAlert = { kind: 'access_stuck', serverName, count: 1, since: at.toISOString(), reason }
  const { bot, start, told } = telling([due(notification, { language: 'ru' })])
  start()
  await told(1)
  const text = String(bot.callsOf('sendMessage')[0]?.text)
  expect(text).toContain(words)
  expect(text).toContain('ждут с 21 ноября')
  expect(text).not.toMatch(/—:|no server|the server is/)
})

test.each(alerts)('$kind is told to each person in their language', async (notification) => {
  const { bot, start, told, outcomes } = telling([
    due(notification),
    due(notification, { telegramId: 2n, language: 'ru' }),
  ])
  start()
  await told(2)
  const calls = bot.callsOf('sendMessage')
  expect(calls.map((call) => call.chat_id).sort()).toEqual([1, 2])
  expect(calls[0]?.text).not.toEqual(calls[1]?.text)
  expect(String(calls[0]?.text)).not.toMatch(/<(down|entities)>/)
  expect(outcomes[0]?.[1]).toMatchObject({ kind: 'sent', message: { botId: 42n, messageId: expect.any(Number) } })
})

test('one who blocked the bot is done, and keeps no other from being told', async () => {
  const notification = alerts[3]!
  const { bot, start, told, outcomes } = telling([due(notification), due(notification, { telegramId: 2n })])
  bot.failNext('sendMessage', { error_code: 403, description: 'Forbidden: bot was blocked by the user' })
  start()
  await told(2)
  expect(outcomes.map(([, { kind }]) => kind).sort()).toEqual(['sent', 'unreachable'])
})

test.each([
  [502, 'Bad Gateway'],
  [401, 'Unauthorized'],
])('a %i is written down to be tried again, and the bot rests before the next', async (error_code, description) => {
  const notification = alerts[1]!
  const { bot, start, told, outcomes } = telling([due(notification)], [due(notification)])
  bot.failNext('sendMessage', { error_code, description })
  start()
  await told(1)
  expect(outcomes[0]?.[1]).toMatchObject({ kind: 'try_later', concernsEverybody: true })
  expect(bot.callsOf('sendMessage')).toHaveLength(1)
  await vi.waitFor(() => expect(outcomes[1]?.[1]).toMatchObject({ kind: 'sent' }), { timeout: 5000 })
})

test('what was sent while the database went away is written down later, and not sent again', async () => {
  const { bot, start, told, outcomes, loseWrites } = telling([due(alerts[3]!)], [due(alerts[3]!)])
  loseWrites(1)
  start()
  await told(1)
  expect(bot.callsOf('sendMessage')).toHaveLength(1)
  expect(outcomes[0]?.[1]).toMatchObject({ kind: 'sent', message: { messageId: expect.any(Number) } })
})

test('what Telegram refuses for good is written down with its sentence', async () => {
  const { bot, start, told, outcomes } = telling([due(alerts[3]!)])
  bot.failNext('sendMessage', { error_code: 400, description: "Bad Request: can't parse entities" })
  start()
  await told(1)
  expect(outcomes[0]?.[1]).toEqual({ kind: 'refused', reason: "Bad Request: can't parse entities" })
})

test('an alert that has changed edits its message, with the count and the end', async () => {
  const notification = alerts[3]!
  const { bot, start, told, outcomes, add } = telling([due(notification)])
  const { take } = start()
  await told(1)
  const [, first] = outcomes[0]!
  const message = first.kind === 'sent' ? first.message : null
  add(due(notification, { message, alert: { count: 3, overAt: at } as never }))
  await take({})
  await told(2)
  expect(bot.callsOf('sendMessage')).toHaveLength(1)
  const [edit] = bot.callsOf('editMessageText')
  expect(edit).toMatchObject({ chat_id: 1, message_id: message?.messageId })
  expect(edit?.text).toContain('3 times since 21 November')
  expect(edit?.text).toContain('Over since 21 November at 12:03')
  expect(outcomes[1]?.[1]).toEqual({ kind: 'sent', message })
})

test('a message of another bot is not touched, and one that is gone is not sent anew', async () => {
  const other = due(alerts[3]!, { message: { botId: 41n, chatId: 1n, messageId: 7 } })
  const gone = due(alerts[3]!, { telegramId: 2n, message: { botId: 42n, chatId: 2n, messageId: 8 } })
  const { bot, start, told, outcomes } = telling([other, gone])
  bot.failNext('editMessageText', { error_code: 400, description: 'Bad Request: message to edit not found' })
  start()
  await told(2)
  expect(bot.callsOf('sendMessage')).toHaveLength(0)
  expect(outcomes.map(([, outcome]) => outcome)).toEqual([
    { kind: 'sent', message: null },
    { kind: 'sent', message: null },
  ])
})

test('many waiting customers and many sales are told by their number', async () => {
  const stuck = due(alerts[2]!, { alert: { count: 200 } as never })
  const sales = due(alerts[0]!, { telegramId: 2n, alert: { count: 57, isMany: true } as never })
  const { bot, start, told } = telling([stuck, sales])
  start()
  await told(2)
  const texts = bot.callsOf('sendMessage').map((call) => String(call.text))
  expect(texts.join('\n')).toContain('200 customers have paid and wait for a key')
  expect(texts.join('\n')).toMatch(/57 sales · ₽17,043/)
})

test('money that goes to a balance is told as a top-up, not as a sale', async () => {
  const inspectPayment = async () => ({ kind: 'seen' as const, value: { ...payment, planTitle: null } })
  const { bot, start, told } = telling([due(alerts[0]!)])
  start({ inspectPayment })
  await told(1)
  expect(String(bot.callsOf('sendMessage')[0]?.text)).toMatch(/^👛 <b>Balance top-up: /)
})

test('what an earlier version put into the queue is kept as rows', async () => {
  const { start, adopted } = telling()
  await start().take({ notice: { kind: 'backup_failed', reason: 'full' } })
  expect(adopted).toEqual([{ kind: 'backup_failed', reason: 'full' }])
})

test.each([
  [{ kind: 'endpoint_refused', serverName: 'ams-1', code: 'wrong_credentials', reason: 'POST /login 200' }],
  [{ kind: 'endpoint_degraded', serverName: 'ams-1', problems: [{ code: 'inbound_off', detail: 'WS' }] }],
  [
    {
      kind: 'server_down',
      serverName: 'ams-1',
      reason: 'connect ETIMEDOUT',
      problems: [{ code: 'timeout', detail: '' }],
    },
  ],
] satisfies [StaffAlert][])('what a panel said is told in our words: $kind', async (notification) => {
  const { bot, start, told } = telling([due(notification), due(notification, { telegramId: 2n, language: 'ru' })])
  start()
  await told(2)
  const said = (chat: number) => String(bot.callsOf('sendMessage').find((call) => call.chat_id === chat)?.text)
  expect(said(1)).toMatch(/is wrong|switched off|No answer came/)
  expect(said(2).replace(/<[^>]*>|ams-1|WS/g, '')).not.toMatch(/[a-z]{3}/i)
  expect(said(1)).not.toMatch(/login 200|ETIMEDOUT/)
})
