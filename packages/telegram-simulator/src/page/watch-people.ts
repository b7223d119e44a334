import type { PeopleClient } from './people-client.ts'
import type { Store } from './store.ts'

const pauseMs = 40
const retryMs = 1500
const waitMs = 9000

export interface Watching {
  /** Asks at once: somebody has done something, or another person is watched. */
  nudge(): void
}

interface WatchOptions {
  readonly people: PeopleClient
  readonly store: Store
  /** Whom to watch, asked anew each time. */
  persons(): readonly number[]
  onChange(): void
  onLost(isLost: boolean): void
}

/** Keeps the store as the people see their chats, for as long as the page lives. */
export function watchPeople({ people, store, persons, onChange, onLost }: WatchOptions): Watching {
  let since = 0
  let isFirst = true
  let waiting = new AbortController()

  const readOnce = async (): Promise<void> => {
    waiting = new AbortController()
    const wanted = [...persons()]
    const fresh = wanted.filter((person) => !store.isKnown(person))
    if (fresh.length > 0 && !isFirst) {
      store.apply(await people('watch', { persons: fresh }), false)
      onChange()
    }
    const answer = await people('watch', { persons: wanted, since, waitMs: isFirst ? 0 : waitMs }, waiting.signal)
    since = answer.seq
    store.apply(answer, !isFirst)
    isFirst = false
    onLost(false)
    onChange()
  }
  const loop = async (): Promise<void> => {
    for (;;) {
      try {
        await readOnce()
        await pause(pauseMs)
      } catch (error) {
        if (error instanceof Error && error.name === 'AbortError') continue
        onLost(true)
        await pause(retryMs)
      }
    }
  }
  void loop()
  return { nudge: () => waiting.abort() }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
