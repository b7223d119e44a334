import type { ChatRef, TopicRef } from './store.ts'

/** A chat that a column offers. */
export interface ChatTab {
  readonly ref: ChatRef
  readonly title: string
  readonly symbol: string
}

/** Who sits before a column, and which of their chats is open. */
export interface Seat {
  readonly person: number
  readonly ref: ChatRef
  /** In a forum: undefined shows the list of topics, null is General. */
  readonly topic: TopicRef
}

/** What the People API takes as a place. */
export const placeIn = ({ person, ref, topic }: Seat) => ({ person, chat: ref, ...(topic ? { topic } : {}) })
