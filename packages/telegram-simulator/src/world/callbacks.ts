import type { Bot } from './chat.ts'

export interface CallbackAnswer {
  readonly text: string
  readonly showAlert: boolean
  readonly url: string | null
}

interface OpenQuery {
  readonly bot: Bot
  readonly atMs: number
  answer: CallbackAnswer | null
  waiters: ((answer: CallbackAnswer) => void)[]
}

const queryLifeMs = 150_000
const keptQueries = 5_000

/** The pressed buttons that wait for an answer, and the newest answers. */
export class CallbackQueries {
  readonly #queries = new Map<string, OpenQuery>()
  #count = 0
  #oldest = 1

  open(bot: Bot, atMs: number): string {
    const id = String(++this.#count)
    this.#queries.set(id, { bot, atMs, answer: null, waiters: [] })
    while (this.#queries.size > keptQueries) this.#queries.delete(String(this.#oldest++))
    return id
  }

  /** Takes the bot's answer; false when the query is another bot's, unknown or too old. */
  answer(id: string, bot: Bot, answer: CallbackAnswer, nowMs: number): boolean {
    const query = this.#queries.get(id)
    if (!query || query.bot !== bot || nowMs - query.atMs > queryLifeMs) return false
    query.answer ??= answer
    for (const wake of query.waiters.splice(0)) wake(query.answer)
    return true
  }

  /** The answer, or null when none has come after `waitMs` of real time. */
  waitForAnswer(id: string, waitMs: number): Promise<CallbackAnswer | null> {
    const query = this.#queries.get(id)
    if (!query || query.answer || waitMs <= 0) return Promise.resolve(query?.answer ?? null)
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), waitMs)
      query.waiters.push((answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
    })
  }
}
