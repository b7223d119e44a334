import { runStatement } from '@vpn-kiosk/db'
import { type AccessId, addMs, retireAfterMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { nudgeCuts } from './nudge.ts'
import { removeAccess } from './remove-access.ts'

/** So many an endpoint each time: its panel has other work too. */
const page = 200

/**
 * Gives back the places and addresses of rights that ended some days ago; the endpoints are told to forget the
 * accounts. Whoever renews later gets new ones. Returns how many.
 */
export async function retireEnded({ db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const now = clock.now()
  return db.transaction(async (em) => {
    const rows = await runStatement<{ id: AccessId; is_asked: boolean }>(em, retireStatement, [
      addMs(now, -retireAfterMs),
      now,
      page,
    ])
    const asked = rows.filter((row) => row.is_asked)
    await nudgeCuts(
      { queue },
      em,
      asked.map(({ id }) => id),
      { isSwept: true },
    )
    return rows.length
  })
}

/**
 * Whoever renews meanwhile has locked the access, and keeps it. As an array, because for a join Postgres expects a page of
 * every endpoint and reads the whole table.
 */
const retireStatement = `
  update accesses a set ${removeAccess} where a.id = any(array(
    select oldest.id from endpoints e cross join lateral (
      select a.id from accesses a where a.endpoint_id = e.id and a.removed_at is null and a.ended_at <= $1
      order by a.ended_at limit $3 for update skip locked
    ) oldest
  ))
  returning a.id, a.asked_at is not null as is_asked`
