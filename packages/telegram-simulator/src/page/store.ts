import type { SeenChange, SeenMessage } from '../people/seen.ts'
import type { WatchedChat, WatchResult } from '../people/watching.ts'

export type ChatRef = number | string

/** A chat as one person sees it. */
interface ChatState extends WatchedChat {
  readonly messages: Map<number, SeenMessage>
}

/** A topic of a forum; null is General, undefined the whole chat. */
export type TopicRef = number | null | undefined

export interface Store {
  isKnown(person: number): boolean
  chat(person: number, ref: ChatRef): ChatState | undefined
  messages(person: number, ref: ChatRef, topic?: TopicRef): SeenMessage[]
  /** Takes one answer of the `watch` verb; what is new is unread where `counts`. */
  apply(seen: WatchResult, counts: boolean): void
  /** How many unread messages there are in one topic, one chat, or all chats of a person. */
  unread(person: number, ref?: ChatRef, topic?: TopicRef): number
  /** The places that are before somebody's eyes: what comes there is read. */
  look(places: readonly string[]): void
}

export const placeOf = (person: number, ref: ChatRef, topic?: TopicRef): string => `${person}|${ref}|${topic ?? ''}`

/** A service message has a body and neither text nor buttons of an invoice. */
export const isService = ({ body }: SeenMessage): boolean => body !== null && !('invoice' in body)

/** What the watched people see, by person and chat. */
export function createStore(): Store {
  const persons = new Map<number, Map<ChatRef, ChatState>>()
  const unread = new Map<string, number>()
  const visible = new Set<string>()

  const chatsOf = (person: number): Map<ChatRef, ChatState> => {
    const chats = persons.get(person) ?? new Map<ChatRef, ChatState>()
    persons.set(person, chats)
    return chats
  }
  const keep = (person: number, seen: WatchedChat): void => {
    const messages = chatsOf(person).get(seen.ref)?.messages ?? new Map<number, SeenMessage>()
    chatsOf(person).set(seen.ref, { ...seen, messages })
  }
  const take = (person: number, { kind, message }: SeenChange, counts: boolean): void => {
    const messages = chatsOf(person).get(message.chat)?.messages
    if (!messages) return
    const isNew = kind === 'sent' && !messages.has(message.id)
    if (kind === 'deleted') messages.delete(message.id)
    else if (kind === 'sent' || messages.has(message.id)) messages.set(message.id, message)
    const place = placeOf(person, message.chat, message.topic)
    if (isNew && counts && !message.isMine && !isService(message) && !visible.has(place))
      unread.set(place, (unread.get(place) ?? 0) + 1)
  }

  return {
    isKnown: (person) => persons.has(person),
    chat: (person, ref) => persons.get(person)?.get(ref),
    messages: (person, ref, topic) => {
      const all = [...(persons.get(person)?.get(ref)?.messages.values() ?? [])]
      return topic === undefined ? all : all.filter((message) => message.topic === topic)
    },
    apply: ({ chats, changes }, counts) => {
      for (const [person, list] of Object.entries(chats)) {
        chatsOf(Number(person))
        for (const seen of list) keep(Number(person), seen)
      }
      for (const [person, list] of Object.entries(changes)) for (const one of list) take(Number(person), one, counts)
    },
    unread: (person, ref, topic) => {
      if (ref !== undefined && topic !== undefined) return unread.get(placeOf(person, ref, topic)) ?? 0
      const start = ref === undefined ? `${person}|` : `${person}|${ref}|`
      return [...unread].reduce((sum, [place, count]) => (place.startsWith(start) ? sum + count : sum), 0)
    },
    look: (places) => {
      visible.clear()
      for (const place of places) {
        visible.add(place)
        unread.delete(place)
      }
    },
  }
}
