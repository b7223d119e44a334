import { StaffEntity } from '@vpn-kiosk/db'
import type { Language } from '@vpn-kiosk/domain'
import type { PermissionDeps } from './permission.ts'

export interface Listener {
  readonly telegramId: bigint
  /** The language they speak to the shop's bots in, where one is known. */
  readonly language: Language | null
}

/** Who is told of sales and troubles: the owner and the admins, each once. */
export async function listListeners({ db, policy }: PermissionDeps): Promise<Listener[]> {
  const em = db.em()
  const staff = await em.find(StaffEntity, { role: { $in: ['owner', 'admin'] } })
  const ids = new Set(staff.map((one) => one.telegramId))
  if (policy.ownerTelegramId !== null) ids.add(policy.ownerTelegramId)
  if (ids.size === 0) return []
  const known = await em.execute<{ telegram_id: string; language: Language }[]>(
    `select telegram_id, language from customers where telegram_id in (${[...ids].map(() => '?').join(', ')})`,
    [...ids],
  )
  const languages = new Map(known.map((row) => [BigInt(row.telegram_id), row.language]))
  return [...ids].map((telegramId) => ({ telegramId, language: languages.get(telegramId) ?? null }))
}
