/** Jobs that went on beside the others after their patience was over. */
export interface Overdue {
  /** The work's outcome, or `overdue` after `patienceMs`; then the work goes on. */
  await<T>(work: Promise<T>, patienceMs: number): Promise<T | 'overdue'>
  /** From now on everything is waited for; settles when all that went on has ended, or after `drainMs`. */
  drain(drainMs: number): Promise<void>
}

/** Lets work that takes long go on without its place. Work never rejects. */
export function createOverdue(): Overdue {
  const running = new Set<Promise<unknown>>()
  let isEnding = false
  return {
    async await(work, patienceMs) {
      const outcome = await within(work, patienceMs)
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
