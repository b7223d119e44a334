import type { createReading, SeenChat, SeenTopic } from './reading.ts'
import type { Request } from './requests.ts'
import type { SeenChange } from './seen.ts'

export interface WatchedChat
  extends Pick<SeenChat, 'ref' | 'kind' | 'title' | 'isForum' | 'isBlocked' | 'keyboard' | 'pinned'> {
  readonly topics: readonly SeenTopic[]
}

export interface WatchResult {
  /** Pass it as `since` to watch on. */
  readonly seq: number
  /** By the id of the person. */
  readonly changes: Readonly<Record<number, readonly SeenChange[]>>
  readonly chats: Readonly<Record<number, readonly WatchedChat[]>>
}

/** What several people see at once, in one request: a browser opens only six to a server. */
export function createWatching({
  read,
  listChats,
  listTopics,
}: Pick<ReturnType<typeof createReading>, 'read' | 'listChats' | 'listTopics'>) {
  return {
    /** What happened after `since` to each of them, and their chats as they stand. Waits up to `waitMs` for something to happen. */
    async watch({ persons, since = 0, waitMs = 0 }: Request<'watch'>): Promise<WatchResult> {
      const readAll = () => Promise.all(persons.map((person) => read({ person, since })))
      const before = await readAll()
      if (waitMs > 0 && before.every(({ changes }) => changes.length === 0))
        await Promise.race(persons.map((person) => read({ person, since, waitMs })))
      const reads = await readAll()
      return {
        seq: reads[0]?.seq ?? since,
        changes: keyed(persons, (_, index): readonly SeenChange[] => reads[index]?.changes ?? []),
        chats: keyed(persons, watchedChats),
      }
    },
  }

  function watchedChats(person: number): WatchedChat[] {
    return listChats({ person }).map(({ ref, kind, title, isForum, isBlocked, keyboard, pinned }) => {
      const topics = isForum ? listTopics({ chat: ref }) : []
      return { ref, kind, title, isForum, isBlocked, keyboard, pinned, topics }
    })
  }
}

const keyed = <T>(persons: readonly number[], of: (person: number, index: number) => T): Record<number, T> =>
  Object.fromEntries(persons.map((person, index) => [person, of(person, index)]))
