import { world } from './api.js'

const pauseMs = 40
const retryMs = 1500

/**
 * Keeps reading what the people see. `nudge` starts the waiting request anew: a chat that has only just begun is not
 * among those that the server waits for.
 */
export function createLive({ store, persons, onState, onLost }) {
  let since = 0
  let counts = false
  let waiting = new AbortController()

  const readOnce = async () => {
    waiting = new AbortController()
    const wanted = persons()
    const fresh = wanted.filter((person) => !store.isKnown(person))
    if (fresh.length > 0 && counts) store.apply(await world('watch', { persons: fresh }), false)
    const answer = await world(
      'watch',
      { persons: wanted, since, waitMs: counts ? 9000 : 0 },
      { signal: waiting.signal },
    )
    since = answer.seq
    onState(answer.state)
    store.apply(answer, counts)
    counts = true
    onLost(false)
  }

  const loop = async () => {
    for (;;) {
      try {
        await readOnce()
        await pause(pauseMs)
      } catch (error) {
        if (error.name === 'AbortError') continue
        onLost(true)
        await pause(retryMs)
      }
    }
  }

  return {
    start: () => void loop(),
    nudge: () => waiting.abort(),
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
