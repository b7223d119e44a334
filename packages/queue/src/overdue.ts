/** Jobs that have exceeded `yieldAfterMs` and continue outside their batch. */
export interface Overdue {
  /** Resolves with the work's outcome, or with `overdue` after `yieldAfterMs` while the work continues. */
  await<T>(work: Promise<T>, yieldAfterMs: number): Promise<T | 'overdue'>
  /** Lets no more work continue outside its batch. Resolves when all such work has ended, or after `drainMs`. */
  drain(drainMs: number): Promise<void>
}

/** Lets slow work continue while its place in the batch is given to another job. The work must never reject. */
export function createOverdue(): Overdue {
  const running = new Set<Promise<unknown>>()
  let isEnding = false
  return {
    async await(work, yieldAfterMs) {
      const outcome = await within(work, yieldAfterMs)
      if (outcome !== 'overdue' || isEnding) return work
      running.add(work)
      void work.finally(() => running.delete(work))
      return 'overdue'
    },
    async drain(drainMs) {
      isEnding = true
      await within(Promise.all(running), drainMs)
    },
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T | 'overdue'> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<'overdue'>((give) => {
    timer = setTimeout(() => give('overdue'), ms)
  })
  const first = await Promise.race([work, limit])
  clearTimeout(timer)
  return first
}
