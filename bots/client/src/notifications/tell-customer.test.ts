import { type CustomerNotification, dayMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { createRateBudget, createSender, silentLogger } from '@vpn-kiosk/telegram'
import { expect, test, vi } from 'vitest'
import { clientHarness, translations } from '../testing/client-harness.ts'
import { activeSubscription, anna, fakeShop, monthPlan, readyKey } from '../testing/fake-shop.ts'
import { tellCustomer } from './tell-customer.ts'

const subscriptionId = activeSubscription.id
const notificationId = 'ntc_0123456789abcdefghjk'

function telling(notification: CustomerNotification | null, verbs: Partial<Shop> = {}) {
  const bot = clientHarness()
  const closeNotification = vi.fn<Shop['closeNotification']>(async () => {})
  const markUnreachable = vi.fn<Shop['markUnreachable']>(async () => {})
  const shop = fakeShop({
    checkNotification: async () => (notification ? { customer: anna, notification: notification } : null),
    getSubscription: async () => activeSubscription,
    getKey: async () => readyKey,
    getOrder: async (_of, id) => ({ id, planId: monthPlan.id, state: 'open' }),
    closeNotification,
    markUnreachable,
    ...verbs,
  })
  const tell = tellCustomer({
    shop,
    api: bot.bot.api,
    botId: 1,
    botName: 'kiosk_bot',
    translations,
    logger: silentLogger,
  })
  return { bot, closeNotification, markUnreachable, tell: () => tell({ notificationId }) }
}

test('a key that is ready is shown itself, with its picture and the instructions', async () => {
  const { bot, closeNotification, tell } = telling({ kind: 'key_ready', subscriptionId, reason: 'purchase' })
  await tell()
  expect(bot.lastScreen().kind).toBe('photo')
  expect(bot.lastScreen().text).toContain('Done! Your subscription is active until 21 December 2026')
  expect(bot.lastScreen().text).toContain(readyKey.subscriptionUrl)
  expect(bot.lastScreen().text).not.toContain('vless://')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toContain('🤖 Android')
  expect(closeNotification).toHaveBeenCalledWith(notificationId, { kind: 'sent' })
})

test.each<[CustomerNotification, string]>([
  [{ kind: 'key_ready', subscriptionId, reason: 'trial' }, 'Your trial has started'],
  [{ kind: 'renewed', subscriptionId, days: 30 }, 'Renewed: +30 days'],
  [{ kind: 'preparing', subscriptionId }, 'taking longer than usual'],
  [{ kind: 'payment_canceled', orderId: 'ord_0123456789abcdefghjk', reason: 'card_problem' }, 'wrong with the card'],
  [{ kind: 'payment_canceled', orderId: 'ord_0123456789abcdefghjk', reason: 'brand_new' }, "didn't say why"],
  [{ kind: 'payment_mismatch', paymentId: 'pay_0123456789abcdefghjk' }, 'The amount differs'],
  [
    {
      kind: 'payment_mismatch',
      paymentId: 'pay_0123456789abcdefghjk',
      sums: { asked: { minor: '29900', currency: 'RUB' }, received: { minor: '10000', currency: 'RUB' } },
    },
    'for ₽299, ₽100 arrived',
  ],
  [{ kind: 'paid_twice', paymentId: 'pay_0123456789abcdefghjk', days: 30 }, 'paid twice'],
  [{ kind: 'expired', subscriptionId }, 'has ended'],
  [{ kind: 'trial_ended', subscriptionId }, 'Your trial has ended'],
  [{ kind: 'win_back', subscriptionId, after: '3d', wasTrial: true }, 'How was your trial?'],
  [{ kind: 'win_back', subscriptionId, after: '7d', wasTrial: false }, 'a week without you'],
  [
    {
      kind: 'win_back',
      subscriptionId,
      after: '7d',
      wasTrial: false,
      offer: { percent: 20, endsAt: '2026-12-31T21:00:00Z' },
    },
    'Come back with 20% off</b>: the price below is yours until 31 December 2026',
  ],
  [{ kind: 'personal_discount', percent: 15, endsAt: null }, 'personal discount: 15%'],
  [{ kind: 'personal_discount', percent: 15, endsAt: '2026-12-31T21:00:00Z' }, 'until 31 December 2026'],
  [{ kind: 'traffic_low', subscriptionId, percent: 80 }, '80% of your traffic is used'],
  [{ kind: 'traffic_used_up', subscriptionId }, 'used up'],
  [{ kind: 'stretch_started_early', subscriptionId }, 'Your next subscription has started'],
  [{ kind: 'devices_over_limit', subscriptionId, closesAt: '2026-12-21T10:00:00Z' }, 'now has up to 3 devices'],
  [{ kind: 'devices_closed', subscriptionId, names: ['Mum', '<Router>'] }, 'Mum, &lt;Router&gt;'],
  [{ kind: 'referral_bonus', days: 7, friendName: '<Boris>' }, '&lt;Boris&gt; came by your link'],
  [{ kind: 'extended_by_shop', subscriptionId, days: 2 }, 'added 2 days'],
  [{ kind: 'extended_by_shop', subscriptionId, days: 7, trafficBytes: '2470000000' }, 'added 7 days and 2.3 GB'],
  [{ kind: 'ban_lifted' }, 'access is open again'],
  [{ kind: 'days_taken_back', subscriptionId, days: 7, endsAt: '2026-12-21T09:00:00Z' }, '21 December at 12:00 MSK'],
])('%j is told in human words', async (notification, sentence) => {
  const { bot, tell } = telling(notification)
  await tell()
  expect(bot.lastScreen().text).toContain(sentence)
  expect(bot.lastScreen().buttons.length).toBeGreaterThan(0)
})

test.each([
  ['3d', 3 * dayMs, 'ends in 3 days'],
  ['3d', 40 * hourMs, 'ends in 2 days'],
  ['3d', 25 * hourMs, 'ends in 25 hours'],
  ['1d', dayMs, 'ends in 24 hours'],
  ['1d', 5 * hourMs, 'ends in 5 hours'],
  ['3h', 3 * hourMs, 'ends in 3 hours'],
  ['3h', 10 * minuteMs, 'ends in 10 minutes'],
  ['3h', 20_000, 'ends in 1 minute'],
] as const)(
  'a reminder of %s that is told %i ms before the end says what is left then',
  async (before, leftMs, said) => {
    const { bot, tell } = telling(
      { kind: 'expiring', subscriptionId, before },
      { getSubscription: async () => ({ ...activeSubscription, leftMs }) },
    )
    await tell()
    expect(bot.lastScreen().text).toContain(said)
  },
)

test.each<CustomerNotification>([
  { kind: 'expiring', subscriptionId, before: '3d' },
  { kind: 'expiring', subscriptionId, before: '1d' },
  { kind: 'expiring', subscriptionId, before: '3h' },
  { kind: 'traffic_low', subscriptionId, percent: 80 },
  { kind: 'traffic_used_up', subscriptionId },
  { kind: 'trial_ended', subscriptionId },
])('%j on a trial speaks of the trial, and of no subscription that they never had', async (notification) => {
  const { bot, tell } = telling(notification, {
    getSubscription: async () => ({ ...activeSubscription, isTrial: true }),
  })
  await tell()
  expect(bot.lastScreen().text).toMatch(/\btrial\b/)
  expect(bot.lastScreen().text).not.toMatch(/[Yy]our subscription|[Rr]enew/)
})

test.each<CustomerNotification>([
  { kind: 'expiring', subscriptionId, before: '1d' },
  { kind: 'trial_ended', subscriptionId },
  { kind: 'win_back', subscriptionId, after: '30d', wasTrial: false },
  { kind: 'traffic_used_up', subscriptionId },
])('%j offers the plan that fits at one tap, with its price', async (notification) => {
  const { bot, tell } = telling(notification)
  await tell()
  expect(bot.lastScreen().buttons[0]?.text.replace(/\s/g, ' ')).toBe('🔄 Renew: 1 month — ₽299')
})

test('what was told already is not told again', async () => {
  const { bot, closeNotification, tell } = telling(null)
  await tell()
  expect(bot.screens).toHaveLength(0)
  expect(closeNotification).not.toHaveBeenCalled()
})

test('the same notification queued twice at once is told once', async () => {
  const { bot, tell } = telling({ kind: 'expired', subscriptionId })
  await Promise.all([tell(), tell()])
  expect(bot.screens).toHaveLength(1)
})

test('what was sent while the database went away is written down later, and not sent again', async () => {
  const { bot, closeNotification, tell } = telling({ kind: 'expired', subscriptionId })
  closeNotification.mockRejectedValueOnce(new Error('terminating connection'))
  await expect(tell()).rejects.toThrow('terminating connection')
  await tell()
  expect(bot.screens).toHaveLength(1)
  expect(closeNotification).toHaveBeenLastCalledWith(notificationId, { kind: 'sent' })
})

test('a key that was sent while the database went away is followed all the same', async () => {
  const followKeyMessage = vi.fn<Shop['followKeyMessage']>(async () => {})
  followKeyMessage.mockRejectedValueOnce(new Error('terminating connection'))
  const getKey = async () => ({ ...readyKey, ready: { count: 1, of: 3 } })
  const { bot, tell } = telling({ kind: 'key_ready', subscriptionId, reason: 'trial' }, { getKey, followKeyMessage })
  await expect(tell()).rejects.toThrow('terminating connection')
  await tell()
  expect(bot.screens).toHaveLength(1)
  expect(followKeyMessage).toHaveBeenCalledTimes(2)
})

test.each([
  ['was told by another process', async () => null],
  ['cannot be written down, because the database has gone', () => Promise.reject(new Error('terminating connection'))],
])('a notification that %s while it waited for its turn is kept back', async (_why, lookAgain) => {
  const checkNotification = vi.fn<Shop['checkNotification']>(lookAgain)
  checkNotification.mockResolvedValueOnce({ customer: anna, notification: { kind: 'expired', subscriptionId } })
  const { bot, closeNotification, tell } = telling(null, { checkNotification })
  bot.bot.api.config.use(createSender(createRateBudget()))
  await tell().catch(() => undefined)
  expect(checkNotification).toHaveBeenCalledTimes(2)
  expect(bot.screens).toHaveLength(0)
  expect(closeNotification).not.toHaveBeenCalled()
})

test('who blocked the bot is marked unreachable, and the job succeeds', async () => {
  const { bot, closeNotification, markUnreachable, tell } = telling({ kind: 'expired', subscriptionId })
  bot.failNext('sendMessage', { error_code: 403, description: 'Forbidden: bot was blocked by the user' })
  await tell()
  expect(markUnreachable).toHaveBeenCalledWith(5551n)
  expect(closeNotification).toHaveBeenCalledWith(notificationId, { kind: 'unreachable' })
})

test('no answer from Telegram fails the job, so that the queue tries again', async () => {
  const { bot, closeNotification, tell } = telling({ kind: 'expired', subscriptionId })
  bot.failNext('sendMessage', { error_code: 502, description: 'Bad Gateway' })
  await expect(tell()).rejects.toThrow()
  expect(closeNotification).not.toHaveBeenCalled()
  await tell()
  expect(closeNotification).toHaveBeenCalledWith(notificationId, { kind: 'sent' })
})

test('what Telegram refuses for good is closed with its sentence, so that it is not tried for ever', async () => {
  const { bot, closeNotification, tell } = telling({ kind: 'expired', subscriptionId })
  bot.failNext('sendMessage', { error_code: 400, description: 'Bad Request: message text is empty' })
  await tell()
  expect(closeNotification).toHaveBeenCalledWith(notificationId, {
    kind: 'failed',
    reason: 'Bad Request: message text is empty',
  })
})

test.each([
  [401, 'Unauthorized'],
  [429, 'Too Many Requests: retry after 90'],
])('a %i is tried again, because it says nothing of the message', async (error_code, description) => {
  const { bot, closeNotification, tell } = telling({ kind: 'expired', subscriptionId })
  bot.failNext('sendMessage', {
    error_code,
    description,
    ...(error_code === 429 ? { parameters: { retry_after: 90 } } : {}),
  })
  await expect(tell()).rejects.toThrow()
  expect(closeNotification).not.toHaveBeenCalled()
})

test('a key of which servers are still to come says so, and its message is followed until they are there', async () => {
  const followKeyMessage = vi.fn<Shop['followKeyMessage']>(async () => {})
  const getKey = async () => ({ ...readyKey, ready: { count: 1, of: 3 } })
  const { bot, tell } = telling({ kind: 'key_ready', subscriptionId, reason: 'trial' }, { getKey, followKeyMessage })
  await tell()
  expect(bot.lastScreen().text).toContain('1 of 3 servers ready')
  const place = { botId: 1, chatId: 5551, messageId: bot.screens[0]?.messageId }
  expect(followKeyMessage).toHaveBeenCalledWith({ ...place, customerId: anna.id, reason: 'trial', ready: 1, looks: 0 })
})

test('a key that is whole is followed by nobody', async () => {
  const followKeyMessage = vi.fn<Shop['followKeyMessage']>(async () => {})
  const { tell } = telling({ kind: 'key_ready', subscriptionId, reason: 'purchase' }, { followKeyMessage })
  await tell()
  expect(followKeyMessage).not.toHaveBeenCalled()
})

test('a trial that ended leads to a first plan, not to a renewal', async () => {
  const seeSubscription = async () => ({ ...activeSubscription, standing: 'expired' as const, isTrial: true })
  const { bot, tell } = telling({ kind: 'trial_ended', subscriptionId }, { getSubscription: seeSubscription })
  await tell()
  expect(bot.lastScreen().buttons[0]?.text.replace(/\s/g, ' ')).toBe('🛒 1 month — ₽299')
})
