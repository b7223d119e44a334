import type { PrivateChat } from './chat.ts'
import type { WireUser } from './wire.ts'

/** Somebody who uses Telegram. */
export interface Person {
  /** Replaced when the person changes something about themselves. */
  user: WireUser
  /** Their dialogues by bot id. */
  readonly dialogues: Map<number, PrivateChat>
  /** The account is gone: bots read "user is deactivated". */
  isDeactivated: boolean
}
