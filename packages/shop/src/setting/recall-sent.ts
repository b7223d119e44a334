import { SettingEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { sentKey } from './remember-sent.ts'

const windowMs = 60_000

/** How many ms ago the messages of `rememberSent` were sent by now; what is older than a minute is left out. */
export async function recallSent(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  bot: string,
  chatId: number | string,
): Promise<number[]> {
  const row = await db.em().findOne(SettingEntity, { key: sentKey(bot, chatId) })
  if (!row) return []
  // A clock that was set back makes them as young as they were when they were written.
  const passedMs = Math.max(0, clock.now().getTime() - row.changedAt.getTime())
  return (row.value as number[]).map((age) => age + passedMs).filter((age) => age < windowMs)
}
