import { Api, type Transformer } from 'grammy'
import { describe, expect, test } from 'vitest'
import { type Priority, withPriority } from './priority.ts'
import { createRateBudget, type RateBudget } from './rate-budget.ts'
import { retrySafely } from './retry-safely.ts'
import { createSender } from './sender.ts'
import { notify } from './view.ts'

type Answer =
  | { ok: false; error_code: number; description: string; parameters?: { retry_after: number } }
  | 'ok'
  | 'no answer'

const tooMany = (seconds: number): Answer => ({
  ok: false,
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
})

/** An Api with our transformers whose calls are answered from `answers`, then with success. */
function apiAnswering(answers: Answer[], budget: RateBudget = recorder().budget) {
  const calls: string[] = []
  const wire: Transformer = async (_prev, method) => {
    calls.push(method)
    const answer = answers.shift() ?? 'ok'
    if (answer === 'no answer') throw new Error('socket hang up')
    return (answer === 'ok' ? { ok: true, result: true } : answer) as never
  }
  const api = new Api('1:test')
  api.config.use(
    wire,
    retrySafely(),
    createSender(budget, () => 0),
  )
  return { api, calls }
}

function recorder() {
  const taken: (readonly [number | string, Priority, number | undefined])[] = []
  const rests: (readonly [number | string | null, number])[] = []
  const budget: RateBudget = {
    take: async (chatId, priority, messages) => void taken.push([chatId, priority, messages]),
    penalise: (chatId, ms) => void rests.push([chatId, ms]),
  }
  return { budget, taken, rests }
}

describe('the sender', () => {
  test('asks the budget for what sends, at the priority it runs at, and lets the rest through', async () => {
    const { budget, taken } = recorder()
    const { api } = apiAnswering([], budget)
    await api.sendMessage(1, 'a')
    await api.editMessageText(1, 2, 'b')
    await api.answerCallbackQuery('x')
    await api.sendChatAction(1, 'typing')
    await withPriority('broadcast', () => api.copyMessage(2, 3, 4))
    await notify(api, 3, { text: 'c' })
    await api.copyMessages(4, 5, [1, 2, 3])
    await api.createForumTopic(-5, 'topic')
    await api.closeForumTopic(-5, 6)
    await api.pinChatMessage(-5, 7)
    await api.deleteForumTopic(-5, 6)
    expect(taken).toEqual([
      [1, 'reply', 1],
      [2, 'broadcast', 1],
      [3, 'notification', 1],
      [4, 'reply', 3],
      [-5, 'reply', 1],
      [-5, 'reply', 1],
      [-5, 'reply', 1],
    ])
  })

  test('waits out a 429 and then sends once', async () => {
    const { budget, rests } = recorder()
    const { api, calls } = apiAnswering([tooMany(7)], budget)
    await api.sendMessage(1, 'a')
    expect(calls).toEqual(['sendMessage', 'sendMessage'])
    expect(rests).toEqual([[1, 7_000]])
  })

  test('waits out a 429 of a topic that is made, too, and lets the group rest', async () => {
    const { budget, rests, taken } = recorder()
    const { api, calls } = apiAnswering([tooMany(3)], budget)
    await api.createForumTopic(-5, 'topic')
    expect([calls.length, taken.length, rests]).toEqual([2, 2, [[-5, 3_000]]])
  })

  test('takes refusals in two chats for the whole bot being too fast', async () => {
    const { budget, rests } = recorder()
    const { api } = apiAnswering([tooMany(2), 'ok', tooMany(3)], budget)
    await api.sendMessage(1, 'a')
    await api.sendMessage(2, 'b')
    expect(rests).toEqual([
      [1, 2_000],
      [2, 3_000],
      [null, 3_000],
    ])
  })

  test('says when the turn has come, before Telegram is asked, and takes back what is not wanted then', async () => {
    const { budget, taken } = recorder()
    const { api, calls } = apiAnswering([], budget)
    const seen: number[][] = []
    const onTurn = async () => void seen.push([taken.length, calls.length])
    await notify(api, 1, { text: 'a' }, { priority: 'broadcast', onTurn })
    expect([seen, calls]).toEqual([[[1, 0]], ['sendMessage']])
    const refuse = () => Promise.reject(new Error('not any more'))
    await expect(notify(api, 2, { text: 'b' }, { onTurn: refuse })).rejects.toThrow('not any more')
    expect(calls).toHaveLength(1)
  })

  test('leaves it to whoever asked for the turn whether to ask again after a 429, and lets the chat rest', async () => {
    const { budget, rests } = recorder()
    const { api, calls } = apiAnswering([tooMany(2)], budget)
    await expect(notify(api, 1, { text: 'a' }, { onTurn: async () => {} })).rejects.toThrow('retry after 2')
    expect([calls.length, rests]).toEqual([1, [[1, 2_000]]])
  })

  test('asks each time anew whether a message is still wanted, and keeps back what is not', async () => {
    const { budget } = recorder()
    const { api, calls } = apiAnswering([tooMany(2)], budget)
    let looks = 0
    const beforeAsking = async () => {
      if (++looks > 1) throw new Error('not any more')
    }
    await expect(notify(api, 1, { text: 'a' }, { beforeAsking })).rejects.toThrow('not any more')
    expect([looks, calls.length]).toEqual([2, 1])
    const again = apiAnswering([tooMany(2)], budget)
    await notify(again.api, 1, { text: 'a' }, { beforeAsking: async () => undefined })
    expect(again.calls).toHaveLength(2)
  })

  test('keeps a person waiting for a long ban no longer than is polite', async () => {
    const { api, calls } = apiAnswering([tooMany(600)])
    await expect(api.sendMessage(1, 'a')).rejects.toThrow('retry after 600')
    expect(calls).toHaveLength(1)
  })

  test('never repeats a send whose outcome is unknown', async () => {
    for (const answer of ['no answer', { ok: false, error_code: 502, description: 'Bad Gateway' }] as const) {
      const { api, calls } = apiAnswering([answer])
      await expect(api.sendMessage(1, 'a')).rejects.toThrow()
      expect(calls).toEqual(['sendMessage'])
    }
  })

  test('never repeats the creation of a topic, but an edit once', async () => {
    const topic = apiAnswering(['no answer'])
    await expect(topic.api.createForumTopic(-1, 'a')).rejects.toThrow()
    expect(topic.calls).toHaveLength(1)
    const edit = apiAnswering(['no answer'])
    await edit.api.editMessageText(1, 2, 'a')
    expect(edit.calls).toHaveLength(2)
  })

  test('passes thousands of calls a second in flat memory', async () => {
    const budget = createRateBudget({ perSecond: 1_000_000 })
    const { api } = apiAnswering([], budget)
    const start = performance.now()
    for (let n = 0; n < 20_000; n++) await api.sendMessage(n + 1, 'a')
    expect(20_000 / ((performance.now() - start) / 1000)).toBeGreaterThan(4_000)
  })
})
