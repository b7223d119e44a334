import { SettingEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { remember, type SettingKey } from './remember.ts'

const windowMs = 60_000

const keyOf = (bot: string, chatId: number | string): SettingKey => `sent:${bot}:${chatId}`

/** Keeps how many ms ago a bot sent each of its last messages to a group: Telegram counts them over a restart too. */
export const rememberSent = (
  deps: Pick<ShopDeps, 'db' | 'clock'>,
  bot: string,
  chatId: number | string,
  agesMs: readonly number[],
): Promise<void> => remember(deps, keyOf(bot, chatId), agesMs)

/** The same ages, grown by the time that has passed since; what is older than a minute is left out. */
export async function recallSent(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  bot: string,
  chatId: number | string,
): Promise<number[]> {
  const row = await db.em().findOne(SettingEntity, { key: keyOf(bot, chatId) })
  if (!row) return []
  // A clock that was set back makes them as young as they were when they were written.
  const passedMs = Math.max(0, clock.now().getTime() - row.changedAt.getTime())
  return (row.value as number[]).map((age) => age + passedMs).filter((age) => age < windowMs)
}
