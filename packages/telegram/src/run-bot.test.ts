import { describe, expect, test, vi } from 'vitest'
import { translations } from '../test/example-feature.ts'
import { createFakeUpdates } from '../test/fake-updates.ts'
import { createBot } from './create-bot.ts'
import { silentLogger } from './logger.ts'
import { createRateBudget } from './rate-budget.ts'
import { runBot } from './run-bot.ts'
import { createBotHarness } from './testing.ts'

type Handler = (id: number) => unknown

/** A real bot on a fake Telegram; the handler gets the update's id. */
async function running(handler: Handler, telegram = createFakeUpdates(), drainMs = 2_000) {
  const { botInfo } = createBotHarness((base) => createBot({ ...base, translations })).bot
  const bot = createBot({
    token: '1:test',
    botInfo,
    translations,
    logger: silentLogger,
    budget: createRateBudget({ perSecond: 100_000 }),
  })
  bot.api.config.use(telegram.transformer)
  bot.on('message', (ctx) => handler(ctx.update.update_id))
  const run = await runBot(bot, { logger: silentLogger, drainMs })
  return { telegram, run }
}

/** A gate that a handler waits at until the test opens it. */
function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open: () => open() }
}

describe('a running bot', () => {
  test('removes a leftover webhook, then handles each update once', async () => {
    const seen: number[] = []
    const { telegram, run } = await running((id) => seen.push(id))
    telegram.push(1, 2, 3)
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]))
    telegram.push(4)
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3, 4]))
    await run.close()
    expect(telegram.calls[0]).toBe('deleteWebhook')
    expect(telegram.unconfirmed()).toEqual([])
  })

  test('does not confirm what is still being handled, so that a kill loses nothing', async () => {
    const { passed, open } = gate()
    const seen: number[] = []
    const { telegram, run } = await running(async (id) => {
      seen.push(id)
      if (id === 2) await passed
    })
    telegram.push(1, 2, 3)
    await vi.waitFor(() => expect(telegram.asked.some(({ offset }) => offset === 2)).toBe(true))
    telegram.push(4)
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3, 4]))
    expect(telegram.unconfirmed()).toEqual([2, 3, 4])
    open()
    await vi.waitFor(() => expect(telegram.unconfirmed()).toEqual([]))
    expect(seen).toEqual([1, 2, 3, 4])
    await run.close()
  })

  test('asks seldom while one handler hangs', async () => {
    const { passed, open } = gate()
    const { telegram, run } = await running((id) => (id === 1 ? passed : null))
    telegram.push(1)
    await vi.waitFor(() => expect(telegram.asked.length).toBeGreaterThan(3), { timeout: 3_000 })
    const start = telegram.asked.length
    const at = performance.now()
    await vi.waitFor(() => expect(telegram.asked.length).toBeGreaterThan(start + 1), { timeout: 3_000 })
    expect(performance.now() - at).toBeGreaterThan(900)
    open()
    await run.close()
  })

  test('drains on stop: the handler ends first, and nothing comes again', async () => {
    const { passed, open } = gate()
    let ended = false
    const { telegram, run } = await running(async () => {
      await passed
      ended = true
    })
    telegram.push(1)
    await vi.waitFor(() => expect(run.size()).toBe(1))
    const stopped = run.close()
    open()
    await stopped
    expect([ended, run.size(), telegram.unconfirmed()]).toEqual([true, 0, []])
    await run.finished
  })

  test('leaves what did not end in time for the next process', async () => {
    const { passed, open } = gate()
    const { telegram, run } = await running((id) => (id === 2 ? passed : null), createFakeUpdates(), 50)
    telegram.push(1, 2)
    await vi.waitFor(() => expect(run.size()).toBe(1))
    await run.close()
    expect(telegram.unconfirmed()).toEqual([2])
    open()
  })

  test('goes on when a handler throws', async () => {
    const seen: number[] = []
    const { telegram, run } = await running((id) => {
      seen.push(id)
      if (id === 1) throw new Error('bug')
    })
    telegram.push(1, 2)
    await vi.waitFor(() => expect(seen).toEqual([1, 2]))
    await run.close()
    expect(telegram.unconfirmed()).toEqual([])
  })

  test('survives failures of getUpdates and takes away a webhook set meanwhile', async () => {
    const telegram = createFakeUpdates()
    telegram.failNext(502, 'Bad Gateway')
    telegram.failNext(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    const seen: number[] = []
    const { run } = await running((id) => seen.push(id), telegram)
    telegram.push(1)
    await vi.waitFor(() => expect(seen).toEqual([1]), { timeout: 3_000 })
    expect(telegram.calls.filter((method) => method === 'deleteWebhook')).toHaveLength(2)
    await run.close()
  })

  test('ends when the token was revoked', async () => {
    const telegram = createFakeUpdates()
    telegram.failNext(401, 'Unauthorized')
    const { run } = await running(() => {}, telegram)
    await expect(run.finished).rejects.toThrow('Unauthorized')
    await run.close()
  })

  test('handles hundreds at once without losing or repeating any', async () => {
    const counts = new Map<number, number>()
    const { telegram, run } = await running(async (id) => {
      await new Promise((resolve) => setImmediate(resolve))
      counts.set(id, (counts.get(id) ?? 0) + 1)
    })
    telegram.push(...Array.from({ length: 3_000 }, (_, n) => n + 1))
    await vi.waitFor(() => expect(counts.size).toBe(3_000), { timeout: 10_000 })
    await run.close()
    expect([...counts.values()].every((count) => count === 1)).toBe(true)
    expect(telegram.unconfirmed()).toEqual([])
  })
})
