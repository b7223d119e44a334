export { type AdminBotOptions, createAdminBot } from './bot.ts'
export type { AdminContext, AdminSession } from './context.ts'
export { type AdminBotDeps, startAdminBot } from './start-admin-bot.ts'
export { loadTranslations } from './translations.ts'
