export { type ClientBotOptions, createClientBot } from './bot.ts'
export type { ClientContext, ClientSession } from './context.ts'
export { type ClientBotDeps, startClientBot } from './start-client-bot.ts'
export { loadTranslations } from './translations.ts'
