import type { Update } from 'grammy/types'
import { classifyApiError } from './api-errors.ts'
import type { Logger } from './logger.ts'

export interface PollerOptions {
  /** One `getUpdates`. */
  readonly fetch: (args: { offset: number; limit: number; timeout: number }, signal: AbortSignal) => Promise<Update[]>
  /** Never rejects. */
  readonly handle: (update: Update) => Promise<void>
  /** A webhook was found set: removes it. */
  readonly removeWebhook: () => Promise<unknown>
  readonly logger: Logger
  readonly longPollSeconds: number
}

export interface Poller {
  /** Polls until `close`; rejects when polling can't go on (the token was revoked). */
  run(): Promise<void>
  /** Fetches no more, waits at most `drainMs` for what is being handled, then confirms what was. */
  close(drainMs: number): Promise<void>
  /** Updates being handled now. */
  size(): number
}

const batch = 100
/** While something is being handled, the next fetch waits for it, but no longer than this … */
const politePauseMs = 50
/** … and the same offset is not asked again within this time: Telegram would hand out one update only. */
const sameOffsetMs = 550
/** An update holds the confirmation back this long; then it counts as handled, or one that hangs would hang us all. */
const holdMs = 15_000
/** So many unconfirmed updates leave too little of a fetch's hundred for new ones: the oldest stops holding. */
const maxHeld = 80

/** Settles when the work does or after `ms`, whichever is first. */
async function settledWithin(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, timeout])
  clearTimeout(timer)
}

/** Which updates are being handled, and which Telegram may hand out again. */
function trackUpdates(handle: PollerOptions['handle']) {
  /** Unfinished updates by id in the order they came; the value is when, and the work. */
  const running = new Map<number, { readonly since: number; readonly work: Promise<void> }>()
  /** Updates that Telegram may hand out again: unfinished, or finished but not confirmed. */
  const seen = new Set<number>()
  let newest = 0
  return {
    running,
    /** The offset that confirms everything before the oldest update that still holds the confirmation back. */
    offset: (): number => {
      const now = performance.now()
      for (const [id, { since }] of running) if (now - since < holdMs && newest - id < maxHeld) return id
      return newest === 0 ? 0 : newest + 1
    },
    start: (update: Update): void => {
      const id = update.update_id
      if (seen.has(id)) return
      seen.add(id)
      // After a week of silence Telegram starts counting anew, possibly lower.
      newest = id > newest || newest - id > 1_000_000 ? id : newest
      const work = handle(update).finally(() => running.delete(id))
      running.set(id, { since: performance.now(), work })
    },
    forgetConfirmed: (below: number): void => {
      for (const id of seen) if (id < below && !running.has(id)) seen.delete(id)
    },
    /** Settles when all that is being handled is done, or after `ms`. */
    settled: (ms: number): Promise<void> =>
      settledWithin(Promise.all([...running.values()].map(({ work }) => work)), ms),
  }
}

/**
 * Long polling that confirms an update only after it was handled: the offset asked for is the oldest unfinished
 * update, and what comes back a second time is recognised by its id. A process killed in the middle gets the
 * unfinished again (at least once); one that stops in order gets nothing twice.
 */
export function createPoller(options: PollerOptions): Poller {
  const { fetch, logger } = options
  const { running, offset, start, forgetConfirmed, settled } = trackUpdates(options.handle)
  const stopping = new AbortController()
  let loop: Promise<void> = Promise.resolve()

  const pause = async (asked: number, askedAt: number): Promise<void> => {
    if (running.size === 0) return
    await settled(politePauseMs)
    const oldest = running.get(asked)
    if (oldest && offset() === asked)
      await settledWithin(oldest.work, Math.max(0, sameOffsetMs - (performance.now() - askedAt)))
  }
  const pollOnce = async (): Promise<void> => {
    const asked = offset()
    const askedAt = performance.now()
    const timeout = options.longPollSeconds
    const updates = await fetch({ offset: asked, limit: batch, timeout }, stopping.signal)
    forgetConfirmed(asked)
    for (const update of updates) start(update)
    await pause(asked, askedAt)
  }
  const recover = async (error: unknown, failures: number): Promise<void> => {
    const failure = classifyApiError(error)
    if (failure.kind === 'unauthorized') throw error
    const isOfWebhook = failure.kind === 'conflict' && /webhook/i.test(failure.description)
    logger.warn({ kind: failure.kind, reason: failure.description, failures }, sentenceOf(failure))
    if (isOfWebhook) await options.removeWebhook().catch(() => {})
    const ms = failure.retryAfterMs ?? Math.min(10_000, 250 * 2 ** Math.min(failures, 6))
    await Promise.race([new Promise((resolve) => setTimeout(resolve, ms)), aborted(stopping.signal)])
  }
  const poll = async (): Promise<void> => {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        await pollOnce()
        failures = 0
      } catch (error) {
        if (stopping.signal.aborted) return
        await recover(error, failures++)
      }
    }
  }
  const confirm = async (): Promise<void> => {
    const upTo = offset()
    if (upTo === 0) return
    const timely = AbortSignal.timeout(2_000)
    await fetch({ offset: upTo, limit: 1, timeout: 0 }, timely).catch((error: unknown) => {
      logger.warn({ kind: classifyApiError(error).kind }, 'Could not confirm the last updates: they will come again')
    })
  }

  return {
    run: () => {
      loop = poll()
      return loop
    },
    async close(drainMs) {
      stopping.abort()
      await loop.catch(() => {})
      await settled(drainMs)
      if (running.size > 0)
        logger.warn({ unfinished: running.size }, 'Stopped with unfinished updates: they will come again')
      await confirm()
    },
    size: () => running.size,
  }
}

const sentenceOf = ({ kind, description }: ReturnType<typeof classifyApiError>): string =>
  kind === 'conflict' && !/webhook/i.test(description)
    ? 'This bot runs somewhere else too, with the same token: stop the other one, or each gets only some of the updates'
    : 'Could not fetch updates, trying again'

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
