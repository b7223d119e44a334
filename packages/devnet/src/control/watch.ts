import type { SeenChange } from '@vpn-kiosk/telegram-simulator'
import type { ControlledWorld } from './world.ts'
import type { WorldState } from './world-state.ts'

export interface WatchRequest {
  readonly persons: readonly number[]
  readonly since?: number | undefined
  readonly waitMs?: number | undefined
}

/** What several people see happening after `since`, in one request: a browser opens only six at once. */
export async function watch(world: ControlledWorld, request: WatchRequest, state: () => WorldState) {
  const { persons, since = 0, waitMs = 0 } = request
  const { people } = world.telegram
  const readAll = () => Promise.all(persons.map((person) => people.read({ person, since })))
  const first = await readAll()
  if (waitMs > 0 && first.every(({ changes }) => changes.length === 0)) {
    await Promise.race(persons.map((person) => people.read({ person, since, waitMs })))
  }
  const reads = await readAll()
  return {
    seq: reads[0]?.seq ?? since,
    changes: keyed(persons, (_, index): readonly SeenChange[] => reads[index]?.changes ?? []),
    chats: keyed(persons, (person) =>
      people.listChats({ person }).map(({ ref, kind, title, isBlocked, keyboard, pinned }) => {
        const topics = kind === 'supergroup' ? people.listTopics({ chat: ref }) : []
        return { ref, kind, title, isBlocked, keyboard, pinned, topics }
      }),
    ),
    state: state(),
  }
}

function keyed<T>(persons: readonly number[], read: (person: number, index: number) => T): Record<number, T> {
  return Object.fromEntries(persons.map((person, index) => [person, read(person, index)]))
}
