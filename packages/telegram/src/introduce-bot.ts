import type { Translations } from '@vpn-kiosk/i18n'
import type { Api, Bot } from 'grammy'
import type { BotCommandScope } from 'grammy/types'
import type { Logger } from './logger.ts'
import { type BotProfile, publishProfile } from './publish-profile.ts'

export type BotName = 'client' | 'support' | 'admin'

/** Where a bot leaves what the others, and its own next start, should know; the shop's `remember` and `recall`. */
export interface SharedFacts {
  remember(key: `bot:${BotName}` | `profile:${string}`, value: unknown): Promise<void>
  recall<T>(key: `profile:${string}`): Promise<T | null>
}

export interface CommandsFor {
  /** Everyone when absent. */
  readonly scope?: BotCommandScope
  /** In the order of the list; `command-<name>` says what each does. */
  readonly commands: readonly string[]
}

/**
 * A profile in every language, and in the default one for whoever speaks another. The sentences are
 * `command-<name>`, `profile-description` (told the `facts`) and `profile-short`.
 *
 * @example
 * profileOf(translations, [{ commands: ['start', 'buy'] }])
 */
export function profileOf(
  translations: Translations,
  sets: readonly CommandsFor[],
  facts: Readonly<Record<string, string>> = {},
): BotProfile {
  const speakers = [undefined, ...translations.languages].map((language) => ({
    t: translations.translatorFor(language),
    own: language ? { language: language as 'en' } : {},
  }))
  return {
    commands: speakers.flatMap(({ t, own }) =>
      sets.map(({ scope, commands }) => ({
        ...own,
        ...(scope ? { scope } : {}),
        commands: commands.map((command) => ({ command, description: t.plain(`command-${command}`) })),
      })),
    ),
    texts: speakers.map(({ t, own }) => ({
      ...own,
      description: t.plain('profile-description', facts),
      shortDescription: t.plain('profile-short'),
    })),
  }
}

export interface Introduction {
  readonly name: BotName
  readonly profile: BotProfile
  readonly facts: SharedFacts
  readonly logger: Logger
}

/**
 * Leaves the bot's name for the others and publishes its profile. A bot without its command list still works: what
 * Telegram refuses here is tried again at the next start.
 *
 * @example
 * await introduceBot(bot, { name: 'client', profile, facts: shop, logger })
 */
export async function introduceBot(
  bot: Pick<Bot, 'botInfo'> & { readonly api: Api },
  { name, profile, facts, logger }: Introduction,
): Promise<void> {
  await facts.remember(`bot:${name}`, { username: bot.botInfo.username })
  try {
    await publishProfile(bot.api, profile, {
      get: (key) => facts.recall<string>(`profile:${name}:${key}`),
      set: (key, value) => facts.remember(`profile:${name}:${key}`, value),
    })
  } catch (error) {
    logger.warn({ error: String(error) }, `The commands and descriptions of the ${name} bot were not published`)
  }
}
