/** What was learnt lately, by key. */
export interface Recent<T> {
  recall(key: string): T | undefined
  keep(key: string, value: T): void
}

/** Keeps at most so many; what was kept longest ago goes first. */
export function rememberRecent<T>(most: number): Recent<T> {
  const kept = new Map<string, T>()
  return {
    recall: (key) => kept.get(key),
    keep: (key, value) => {
      kept.delete(key)
      kept.set(key, value)
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    },
  }
}
