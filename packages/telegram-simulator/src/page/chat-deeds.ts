import type { SeenMessage } from '../people/seen.ts'
import type { Seat } from './seat.ts'

/** What may be done in a chat. */
export interface ChatDeeds {
  seat(): Seat
  /** Over what a toast about this chat lies. */
  place(): Element
  follow(url: string, isInText?: boolean): void
  findMessage(id: number): SeenMessage | undefined
  scrollTo(id: number): void
  reply(message: SeenMessage): void
  edit(message: SeenMessage): void
  remove(message: SeenMessage): void
  like(message: SeenMessage): void
}
