import { createHash } from 'node:crypto'
import type { Api } from 'grammy'
import type { BotCommand, BotCommandScope, LanguageCode } from 'grammy/types'

export interface CommandSet {
  /** Who sees them; everyone when absent. */
  readonly scope?: BotCommandScope
  /** Two letters; absent = whoever's language has no set of its own. */
  readonly language?: LanguageCode
  readonly commands: readonly BotCommand[]
}

export interface ProfileText {
  readonly language?: LanguageCode
  /** Shown in an empty chat, at most 512 characters. */
  readonly description?: string
  /** Shown in the profile, at most 120 characters. */
  readonly shortDescription?: string
}

export interface BotProfile {
  readonly commands: readonly CommandSet[]
  readonly texts: readonly ProfileText[]
}

/** Where the hash of what was published last is kept, e.g. the settings table. */
export interface ProfileMemory {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
}

interface Publication {
  readonly key: string
  readonly content: unknown
  readonly call: () => Promise<unknown>
}

const languageOf = (entry: { readonly language?: LanguageCode }) =>
  entry.language ? { language_code: entry.language } : {}

function publications(api: Api, profile: BotProfile): Publication[] {
  const sets = profile.commands.map((set) => ({
    key: `commands:${JSON.stringify(set.scope ?? { type: 'default' })}:${set.language ?? ''}`,
    content: set.commands,
    call: () => api.setMyCommands(set.commands, { ...(set.scope ? { scope: set.scope } : {}), ...languageOf(set) }),
  }))
  const texts = profile.texts.flatMap((text) => [
    {
      key: `description:${text.language ?? ''}`,
      content: text.description,
      call: () => api.raw.setMyDescription({ description: text.description ?? '', ...languageOf(text) }),
    },
    {
      key: `short:${text.language ?? ''}`,
      content: text.shortDescription,
      call: () =>
        api.raw.setMyShortDescription({ short_description: text.shortDescription ?? '', ...languageOf(text) }),
    },
  ])
  return [...sets, ...texts].filter(({ content }) => content !== undefined)
}

/**
 * Tells Telegram a bot's commands and descriptions, each only when it changed since the last time: these methods are
 * refused after a few calls. Returns how many calls were made; one that fails is tried again at the next start.
 *
 * @example
 * await publishProfile(bot.api, profile, { get, set })
 */
export async function publishProfile(api: Api, profile: BotProfile, memory: ProfileMemory): Promise<number> {
  let calls = 0
  for (const { key, content, call } of publications(api, profile)) {
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
    if ((await memory.get(key)) === hash) continue
    await call()
    await memory.set(key, hash)
    calls += 1
  }
  return calls
}
