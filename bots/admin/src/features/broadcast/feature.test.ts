import { silentLogger } from '@vpn-kiosk/telegram'
import { expect, test, vi } from 'vitest'
import { adminHarness, translations } from '../../testing/admin-harness.ts'
import { broadcast, fakeShop } from '../../testing/fake-shop.ts'
import { keepProgress } from './keep-progress.ts'

test('a text is shown as it will arrive, counted, started, watched and stopped', async () => {
  const startBroadcast = vi.fn(async () => ({ kind: 'started' as const, total: 1000 }))
  const cancelBroadcast = vi.fn(async () => ({ kind: 'canceled' as const }))
  let card = broadcast
  const bot = adminHarness({
    createBroadcast: async () => ({ kind: 'created', broadcastId: broadcast.id }),
    startBroadcast,
    cancelBroadcast,
    getBroadcastCard: async () => ({ kind: 'seen', value: card }),
  })
  await bot.command('broadcast')
  await bot.tap('Write to everybody')
  await bot.text('News & <more>')
  expect(bot.screens.at(-2)?.text).toBe('News &amp; &lt;more&gt;')
  expect(bot.lastScreen().text).toContain('<b>1,000</b> people')
  expect(startBroadcast).not.toHaveBeenCalled()
  await bot.tap('Send')
  expect(startBroadcast).toHaveBeenCalledWith(1n, broadcast.id)
  expect(bot.lastScreen().text).toContain('496 of 1,000')
  card = { ...broadcast, progress: { ...broadcast.progress, sent: 900, queued: 84 } }
  await bot.tap('Refresh')
  expect(bot.lastScreen().text).toContain('Delivered: 900')
  card = { ...card, state: 'canceled', finishedAt: broadcast.createdAt }
  await bot.tap('Stop')
  expect(cancelBroadcast).toHaveBeenCalledWith(1n, broadcast.id)
  expect(bot.lastScreen().text).toContain('Not sent: 84')
})

test('a picture is refused politely and the question stays', async () => {
  const createBroadcast = vi.fn(async () => ({ kind: 'created' as const, broadcastId: broadcast.id }))
  const bot = adminHarness({ createBroadcast })
  await bot.forge('bc-new')
  await bot.photo()
  expect(bot.lastScreen().text).toContain('Only text')
  expect(createBroadcast).not.toHaveBeenCalled()
  await bot.text('x')
  expect(createBroadcast).toHaveBeenCalledOnce()
})

test('with nobody to write to there is no button to send', async () => {
  const bot = adminHarness({
    createBroadcast: async () => ({ kind: 'created', broadcastId: broadcast.id }),
    countRecipients: async () => ({ kind: 'seen', value: { count: 0, isExact: true } }),
  })
  await bot.forge('bc-new')
  await bot.text('hello')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual(['✏️ Rewrite', '✖️ Cancel'])
})

test('the report names what is unknown', async () => {
  const progress = { total: 10, sent: 7, unreachable: 1, failed: 0, queued: 0, unknown: 2 }
  const bot = adminHarness({
    getBroadcastCard: async () => ({
      kind: 'seen',
      value: { ...broadcast, state: 'done', finishedAt: broadcast.createdAt, progress },
    }),
  })
  await bot.forge('bc:news')
  expect(bot.lastScreen().text).toContain('Outcome unknown: 2')
})

test('a message that shows a running broadcast is watched until something else is pressed in it', async () => {
  const watchBroadcast = vi.fn(async () => {})
  const unwatchMessage = vi.fn(async () => {})
  const bot = adminHarness({ watchBroadcast, unwatchMessage })
  await bot.forge('bc:news')
  expect(watchBroadcast).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ chatId: 1n, broadcastId: broadcast.id, language: 'en' }),
  )
  await bot.tap('Back')
  expect(unwatchMessage).toHaveBeenCalledTimes(2)
  expect(watchBroadcast).toHaveBeenCalledTimes(1)
})

test('so many people that they are not counted one by one are said to be about so many', async () => {
  const bot = adminHarness({
    createBroadcast: async () => ({ kind: 'created', broadcastId: broadcast.id }),
    countRecipients: async () => ({ kind: 'seen', value: { count: 912_000, isExact: false } }),
  })
  await bot.forge('bc-new')
  await bot.text('hello')
  expect(bot.lastScreen().text).toContain('An estimate')
})

test('the progress edits itself to the end, and then no more', async () => {
  const bot = adminHarness()
  await bot.forge('bc:news')
  const watch = { botId: 42n, chatId: 1n, messageId: Number(bot.lastScreen().messageId), broadcastId: broadcast.id }
  let watches = [{ ...watch, language: 'en' as const }]
  let card: typeof broadcast = { ...broadcast, progress: { ...broadcast.progress, sent: 600, queued: 384 } }
  const keeper = keepProgress({
    shop: fakeShop({
      listBroadcastWatches: async () => watches,
      getBroadcastCard: async () => ({ kind: 'seen', value: card }),
      unwatchMessage: async () => {
        watches = []
      },
    }),
    api: bot.bot.api,
    botId: 42n,
    translations,
    logger: silentLogger,
    everyMs: 10,
  })
  await vi.waitFor(() => expect(bot.lastScreen().text).toContain('Delivered: 600'))
  card = {
    ...broadcast,
    state: 'done',
    finishedAt: broadcast.createdAt,
    progress: { ...card.progress, sent: 984, queued: 0 },
  }
  await vi.waitFor(() => expect(bot.lastScreen().text).toContain('1,000 of 1,000'))
  await vi.waitFor(() => expect(watches).toEqual([]))
  await keeper.close()
})
