import type { Inbox } from '../updates/inbox.ts'
import type { PrivateChat } from './chat.ts'
import type { WireUser } from './wire.ts'

export interface BotCommand {
  readonly command: string
  readonly description: string
}

/** Name, description and short description by language; `''` is the fallback. */
export type LocalisedText = Map<string, string>

/** A bot account and everything that it set about itself. */
export interface Bot {
  readonly token: string
  readonly user: WireUser & { readonly username: string }
  /** Privacy mode off: the bot reads all messages of groups in which it is a plain member. */
  readonly readsAllGroupMessages: boolean
  readonly inbox: Inbox
  /** Its private chats by person id. */
  readonly dialogues: Map<number, PrivateChat>
  /** Commands by scope and language, see `commandKey`. */
  readonly commands: Map<string, readonly BotCommand[]>
  readonly names: LocalisedText
  readonly descriptions: LocalisedText
  readonly shortDescriptions: LocalisedText
  /** Menu buttons by chat id; 0 holds the default. */
  readonly menuButtons: Map<number, unknown>
}
