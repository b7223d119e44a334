import { badRequest } from '../world/bot-api-error.ts'
import type { Bot, BotCommand, LocalisedText } from '../world/chat.ts'
import type { WireMenuButton } from '../world/wire.ts'
import type { Call, Methods } from './method.ts'
import { isRecord, type Params, readInteger, readList, readRecord, readText } from './params.ts'

/** What a bot says about itself: commands, name, descriptions, menu button. */
export const profileMethods = {
  getMe: ({ bot }) => ({
    ...bot.user,
    first_name: bot.names.get('') ?? bot.user.first_name,
    can_join_groups: true,
    can_read_all_group_messages: bot.readsAllGroupMessages,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  }),

  setMyCommands: (call) => {
    const commands = (readList(call.params, 'commands') ?? []).map(readCommand)
    if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
    call.bot.commands.set(commandKey(call), commands)
    return true
  },
  getMyCommands: (call) => call.bot.commands.get(commandKey(call)) ?? [],
  deleteMyCommands: (call) => {
    call.bot.commands.delete(commandKey(call))
    return true
  },

  setMyName: (call) => setText(call, call.bot.names, 'name', 64),
  getMyName: (call) => ({ name: getText(call, call.bot.names) || call.bot.user.first_name }),
  setMyDescription: (call) => setText(call, call.bot.descriptions, 'description', 512),
  getMyDescription: (call) => ({ description: getText(call, call.bot.descriptions) }),
  setMyShortDescription: (call) => setText(call, call.bot.shortDescriptions, 'short_description', 120),
  getMyShortDescription: (call) => ({ short_description: getText(call, call.bot.shortDescriptions) }),

  setMyDefaultAdministratorRights: () => true,

  setChatMenuButton: (call) => {
    const button = readRecord(call.params, 'menu_button') ?? { type: 'default' }
    call.bot.menuButtons.set(readInteger(call.params, 'chat_id') ?? 0, readMenuButton(button))
    return true
  },
  getChatMenuButton: ({ bot, params }) =>
    bot.menuButtons.get(readInteger(params, 'chat_id') ?? 0) ?? bot.menuButtons.get(0) ?? { type: 'commands' },
} satisfies Methods

/** The commands that a person sees in a private chat: the narrowest scope first, each in their language and then without. */
export function visibleCommands(bot: Bot, personId: number, language: string): readonly BotCommand[] {
  const scopes = [`chat:${personId}`, 'all_private_chats', 'default']
  const keys = scopes.flatMap((scope) => [`${scope}|${language}`, `${scope}|`])
  for (const key of keys) {
    const commands = bot.commands.get(key)
    if (commands) return commands
  }
  return []
}

/** `<scope>[:chat[:user]]|<language>`. */
function commandKey(call: Call): string {
  const scope = readRecord(call.params, 'scope') ?? {}
  const parts = [scope.type ?? 'default', scope.chat_id, scope.user_id].filter((part) => part !== undefined)
  return `${parts.join(':')}|${readText(call.params, 'language_code') ?? ''}`
}

function readCommand(value: unknown): BotCommand {
  const command = isRecord(value) ? String(value.command ?? '').replace(/^\//, '') : ''
  const description = isRecord(value) ? String(value.description ?? '') : ''
  if (command === '') throw badRequest('command must be non-empty')
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (description.length < 1) throw badRequest('command description must be non-empty')
  if (description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  return { command, description }
}

function readMenuButton(button: Params): WireMenuButton {
  if (button.type === 'default' || button.type === 'commands') return { type: button.type }
  const address = readRecord(button, 'web_app')
  if (button.type !== 'web_app') throw cannotParseMenuButton('MenuButton has unsupported type')
  return {
    type: 'web_app',
    text: readText(button, 'text') ?? '',
    web_app: { url: readText(address ?? {}, 'url') ?? '' },
  }
}

const cannotParseMenuButton = (why: string) => badRequest(`can't parse menu button: ${why}`)

function setText({ params }: Call, texts: LocalisedText, field: string, limit: number): true {
  const text = readText(params, field) ?? ''
  if (text.length > limit) throw badRequest(`bot ${field.replaceAll('_', ' ')} is too long`)
  const language = readText(params, 'language_code') ?? ''
  if (text === '') texts.delete(language)
  else texts.set(language, text)
  return true
}

const getText = ({ params }: Call, texts: LocalisedText): string =>
  texts.get(readText(params, 'language_code') ?? '') ?? texts.get('') ?? ''
