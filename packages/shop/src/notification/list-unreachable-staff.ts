import { runStatement } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/** Telegram ids of those whom the admin bot could not tell the latest: they have never started it, or blocked it. */
export async function listUnreachableStaff({ db }: Pick<ShopDeps, 'db'>): Promise<bigint[]> {
  const rows = await runStatement<{ telegram_id: string }>(
    db.em(),
    `select people.telegram_id from (
       select telegram_id from staff union select distinct telegram_id from staff_notifications where state = 'unreachable'
     ) people cross join lateral (
       select state from staff_notifications n where n.telegram_id = people.telegram_id and n.settled_at is not null
       order by n.settled_at desc limit 1
     ) latest where latest.state = 'unreachable'`,
    [],
  )
  return rows.map((row) => BigInt(row.telegram_id))
}
