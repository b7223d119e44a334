import type { Formats } from './formats.ts'
import type { PeopleClient } from './people-client.ts'
import type { Store } from './store.ts'
import type { Say } from './words.ts'

/** What every part of the page is handed. */
export interface Page {
  readonly people: PeopleClient
  readonly store: Store
  readonly say: Say
  readonly formats: Formats
  readonly language: string
  /** Milliseconds since 1970, by the clock of whoever runs the simulator. */
  now(): number
  /** Draws the page again, once for all that changes in one frame. */
  redraw(): void
  /** Asks the server at once what is new. */
  nudge(): void
}
