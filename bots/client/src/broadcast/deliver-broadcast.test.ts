import type { BroadcastId, BroadcastState, CustomerId } from '@vpn-kiosk/domain'
import type { RecipientOutcome } from '@vpn-kiosk/shop'
import { createRateBudget, createSender, silentLogger } from '@vpn-kiosk/telegram'
import { Api, HttpError } from 'grammy'
import { describe, expect, test } from 'vitest'
import { translations } from '../testing/client-harness.ts'
import { type BroadcastShop, deliverBroadcast } from './deliver-broadcast.ts'
import { startBroadcasts } from './index.ts'

const id: BroadcastId = 'brd_news'
type Row = 'queued' | 'sending' | Exclude<RecipientOutcome, 'queued'>

/** The tables of a broadcast in memory, with the same promises. */
function fakeBroadcast(people: number) {
  const rows = new Map<CustomerId, Row>(
    Array.from({ length: people }, (_, index) => [`cus_${String(index + 1).padStart(5, '0')}`, 'queued']),
  )
  let state: BroadcastState = 'running'
  const has = (wanted: Row) => [...rows.values()].includes(wanted)
  const shop: BroadcastShop = {
    listRunningBroadcasts: async () => (state === 'running' ? [id] : []),
    fillBroadcast: async () => ({ kind: 'filled' }),
    readBroadcast: async () => ({ text: 'News & more', state }),
    listRecipients: async (_, { after, count }) =>
      [...rows.keys()]
        .filter((customerId) => rows.get(customerId) === 'queued' && (after === null || customerId > after))
        .slice(0, count)
        .map((customerId) => ({ customerId, telegramId: BigInt(customerId.slice(4)), language: 'en' })),
    claimRecipient: async (_, customerId) => {
      if (state !== 'running') return { kind: 'not_running' }
      if (rows.get(customerId) !== 'queued') return { kind: 'taken' }
      rows.set(customerId, 'sending')
      return { kind: 'claimed' }
    },
    recordOutcomes: async (_, reports) => {
      for (const { customerId, outcome } of reports)
        if (rows.get(customerId) === 'sending') rows.set(customerId, outcome)
    },
    finishBroadcast: async (_, { waitForOthers }) => {
      if (state !== 'running') return { kind: 'not_running' }
      if (has('queued')) return { kind: 'somebody_left' }
      if (has('sending') && waitForOthers) return { kind: 'in_flight' }
      state = 'done'
      return { kind: 'finished' }
    },
  }
  const count = (wanted: Row) => [...rows.values()].filter((row) => row === wanted).length
  return { shop, count, state: () => state, cancel: () => (state = 'canceled') }
}

type Reply = 'ok' | 'blocked' | 'bad' | 'flood' | 'reset' | 'refused' | 'bad_gateway' | 'unauthorized'

const refusals: Partial<Record<Reply, { error_code: number; description: string; parameters?: object }>> = {
  blocked: { error_code: 403, description: 'Forbidden: bot was blocked by the user' },
  bad: { error_code: 400, description: 'Bad Request: something new' },
  flood: { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } },
  bad_gateway: { error_code: 502, description: 'Bad Gateway' },
  unauthorized: { error_code: 401, description: 'Unauthorized' },
}

/** The Bot API as `reply` says, behind the real sender. Who got the message is in `got`. */
function fakeApi(
  reply: (chatId: number, attempt: number) => Reply | Promise<Reply>,
  budget = createRateBudget({ perSecond: 5000 }),
) {
  const got: number[] = []
  const attempts = new Map<number, number>()
  const api = new Api('1:test')
  api.config.use(async (_prev, _method, payload) => {
    const chatId = Number((payload as { chat_id?: number }).chat_id)
    const attempt = (attempts.get(chatId) ?? 0) + 1
    attempts.set(chatId, attempt)
    const answer = await reply(chatId, attempt)
    if (answer === 'reset') {
      got.push(chatId)
      throw new HttpError('failed', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
    }
    if (answer === 'refused')
      throw new HttpError('failed', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    const refusal = refusals[answer]
    if (refusal) return { ok: false, ...refusal } as never
    got.push(chatId)
    return { ok: true, result: { message_id: 1 } } as never
  })
  api.config.use(createSender(budget))
  return { api, got, attempts }
}

const run = (shop: BroadcastShop, api: Api, signal = new AbortController().signal) =>
  deliverBroadcast({ shop, api, translations, logger: silentLogger, signal }, id)

describe('a broadcast', () => {
  test('reaches everybody once, marks who blocked the bot, and ends', async () => {
    const world = fakeBroadcast(300)
    const telegram = fakeApi((chat) => (chat % 30 === 0 ? 'blocked' : chat === 7 ? 'bad' : 'ok'))
    expect(await run(world.shop, telegram.api)).toEqual({ kind: 'finished' })
    expect(new Set(telegram.got).size).toBe(telegram.got.length)
    expect([world.count('sent'), world.count('unreachable'), world.count('failed')]).toEqual([289, 10, 1])
    expect(world.state()).toBe('done')
  })

  test('carries the button by which a person gets no more of them', async () => {
    const telegram = fakeApi(() => 'ok')
    const payloads: unknown[] = []
    telegram.api.config.use((prev, method, payload, signal) => {
      payloads.push(payload)
      return prev(method, payload, signal)
    })
    await run(fakeBroadcast(1).shop, telegram.api)
    const inline_keyboard = [[{ text: '🔕 Stop news and offers', callback_data: 'news:0' }]]
    expect(payloads).toMatchObject([{ text: 'News &amp; more', reply_markup: { inline_keyboard } }])
  })

  test('two runners at once write to nobody twice', async () => {
    const world = fakeBroadcast(200)
    const telegram = fakeApi(() => 'ok')
    await Promise.all([run(world.shop, telegram.api), run(world.shop, telegram.api)])
    expect(telegram.got).toHaveLength(200)
    expect(new Set(telegram.got).size).toBe(200)
  })

  test('keeps to the allowed rate, and reaches it', async () => {
    const world = fakeBroadcast(150)
    const telegram = fakeApi(() => 'ok', createRateBudget({ perSecond: 100 }))
    const before = performance.now()
    await run(world.shop, telegram.api)
    const seconds = (performance.now() - before) / 1000
    expect(seconds).toBeGreaterThan(1.3)
    expect(seconds).toBeLessThan(2.5)
  })

  test('claims nobody whose turn has not come: a kill -9 costs those on their way and no others', async () => {
    const world = fakeBroadcast(60)
    const seen: Array<{ claimed: number; asked: number }> = []
    let asked = 0
    const telegram = fakeApi(
      async (): Promise<Reply> => {
        asked += 1
        await new Promise((resolve) => setTimeout(resolve, 2))
        seen.push({ claimed: world.count('sending'), asked })
        asked -= 1
        return 'ok'
      },
      createRateBudget({ perSecond: 100 }),
    )
    await run(world.shop, telegram.api)
    expect(seen).toHaveLength(60)
    expect(seen.filter(({ claimed, asked }) => claimed > asked + 1)).toEqual([])
  })

  test('a 429 is waited out and the person still gets it, once', async () => {
    const world = fakeBroadcast(40)
    const telegram = fakeApi((chat, attempt) => ((chat === 5 || chat === 20) && attempt === 1 ? 'flood' : 'ok'))
    await run(world.shop, telegram.api)
    expect(world.count('sent')).toBe(40)
    expect(new Set(telegram.got).size).toBe(40)
  })

  test('a connection that was never made is repeated, silence is not', async () => {
    const world = fakeBroadcast(20)
    const telegram = fakeApi((chat, attempt) =>
      chat === 3 && attempt === 1 ? 'refused' : chat === 9 ? 'reset' : chat === 12 ? 'bad_gateway' : 'ok',
    )
    await run(world.shop, telegram.api)
    expect([world.count('sent'), world.count('unknown')]).toEqual([18, 2])
    expect(telegram.attempts.get(3)).toBe(2)
    expect(telegram.attempts.get(9)).toBe(1)
    expect(telegram.attempts.get(12)).toBe(1)
  })

  test('an outage uses up a handful of people, not the whole list', async () => {
    const world = fakeBroadcast(500)
    let isOut = true
    let calls = 0
    const telegram = fakeApi(() => {
      calls += 1
      if (calls === 17) isOut = false
      return isOut ? 'bad_gateway' : 'ok'
    })
    await run(world.shop, telegram.api)
    expect(world.count('unknown')).toBeLessThanOrEqual(17)
    expect(world.count('sent')).toBeGreaterThanOrEqual(483)
  })

  test('stops with a cancel', async () => {
    const world = fakeBroadcast(100)
    const telegram = fakeApi((chat) => {
      if (chat === 30) world.cancel()
      return 'ok'
    })
    expect(await run(world.shop, telegram.api)).toEqual({ kind: 'not_running' })
    expect(telegram.got.length).toBeLessThan(60)
  })

  test('a process that ends leaves nobody half-written, and the next goes on', async () => {
    const world = fakeBroadcast(100)
    const ending = new AbortController()
    const telegram = fakeApi((chat) => {
      if (chat === 40) ending.abort()
      return 'ok'
    })
    expect(await run(world.shop, telegram.api, ending.signal)).toEqual({ kind: 'interrupted' })
    expect(world.count('sending')).toBe(0)
    expect(world.count('queued')).toBeGreaterThan(0)
    expect(await run(world.shop, telegram.api)).toEqual({ kind: 'finished' })
    expect(telegram.got).toHaveLength(100)
    expect(new Set(telegram.got).size).toBe(100)
  })

  test('a process that ends waits for nobody whom Telegram makes rest', async () => {
    const world = fakeBroadcast(40)
    const ending = new AbortController()
    const budget = createRateBudget({ perSecond: 5000 })
    const telegram = fakeApi(() => 'ok', budget)
    budget.penalise(null, 3_600_000)
    const running = run(world.shop, telegram.api, ending.signal)
    await expect.poll(() => budget.waiting()).toBe(15)
    ending.abort()
    expect(await running).toEqual({ kind: 'interrupted' })
    expect([world.count('queued'), telegram.got.length]).toEqual([40, 0])
  })

  test('a revoked token is a failure that loses nobody', async () => {
    const world = fakeBroadcast(50)
    const telegram = fakeApi(() => 'unauthorized')
    await expect(run(world.shop, telegram.api)).rejects.toThrow()
    expect(world.count('queued')).toBe(50)
  })
})

test('a starting process goes on with what was running, and a job for the same broadcast joins it', async () => {
  const world = fakeBroadcast(30)
  const telegram = fakeApi(() => 'ok')
  let job: ((data: { broadcastId: string }) => Promise<void>) | undefined
  const queue = {
    work: async (_name: string, handler: unknown) => {
      job = handler as typeof job
    },
  }
  const running = await startBroadcasts({
    shop: world.shop,
    queue,
    api: telegram.api,
    translations,
    logger: silentLogger,
  })
  await job?.({ broadcastId: id })
  await running.close()
  expect(telegram.got).toHaveLength(30)
  expect(world.state()).toBe('done')
})
