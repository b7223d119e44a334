import type { ShopDeps } from '../deps.ts'
import { remember, type SettingKey } from './remember.ts'

export const sentKey = (bot: string, chatId: number | string): SettingKey => `sent:${bot}:${chatId}`

/** Keeps how many ms ago a bot sent each of its last messages to a group: Telegram counts them over a restart too. */
export const rememberSent = (
  deps: Pick<ShopDeps, 'db' | 'clock'>,
  bot: string,
  chatId: number | string,
  agesMs: readonly number[],
): Promise<void> => remember(deps, sentKey(bot, chatId), agesMs)
