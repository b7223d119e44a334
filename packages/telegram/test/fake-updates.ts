import type { Transformer } from 'grammy'
import type { Update } from 'grammy/types'

interface Asked {
  readonly offset: number
  readonly limit: number
  readonly timeout: number
}

/** Telegram's side of `getUpdates`: keeps updates until a higher offset confirms them, and holds an empty request open. */
export interface FakeUpdates {
  push(...ids: number[]): void
  /** The ids Telegram would still hand out. */
  unconfirmed(): number[]
  readonly asked: Asked[]
  readonly transformer: Transformer
  failNext(error_code: number, description: string): void
  readonly calls: string[]
}

const updateOf = (update_id: number): Update => ({
  update_id,
  message: {
    message_id: update_id,
    date: 1_790_000_000,
    chat: { id: update_id, type: 'private', first_name: 'A' },
    from: { id: update_id, is_bot: false, first_name: 'A', language_code: 'en' },
    text: `m${update_id}`,
  },
})

export function createFakeUpdates(): FakeUpdates {
  let pending: number[] = []
  const asked: Asked[] = []
  const calls: string[] = []
  const failures: { error_code: number; description: string }[] = []
  let wake = () => {}
  let last = { offset: -1, at: Number.NEGATIVE_INFINITY }

  const getUpdates = async (args: Asked, signal: AbortSignal | undefined): Promise<Update[]> => {
    asked.push(args)
    pending = pending.filter((id) => id >= args.offset)
    const now = performance.now()
    // The server hands out a single update when the same offset is asked for within half a second.
    const limit = args.offset === last.offset && now - last.at < 500 ? 1 : args.limit
    last = { offset: args.offset, at: now }
    if (pending.length === 0 && args.timeout > 0) await changeOrAbort(signal)
    return pending.slice(0, limit).map(updateOf)
  }
  const changeOrAbort = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      wake = resolve
      signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    })
  return {
    asked,
    calls,
    push: (...ids) => {
      pending.push(...ids)
      wake()
    },
    unconfirmed: () => pending,
    failNext: (error_code, description) => failures.push({ error_code, description }),
    transformer: async (_prev, method, payload, signal) => {
      calls.push(method)
      if (method !== 'getUpdates') return { ok: true, result: true } as never
      const failure = failures.shift()
      if (failure) return { ok: false, ...failure } as never
      const result = await getUpdates(payload as unknown as Asked, signal as AbortSignal | undefined)
      return { ok: true, result } as never
    },
  }
}
