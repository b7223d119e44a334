import { sql } from '@vpn-kiosk/db'
import { addDays, preparingAfterMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { countUndelivered } from '../operation/count-undelivered.ts'
import { notifyCauses } from './notify-causes.ts'

const page = 100
/** An alert that is older was answered or forgotten. */
const lookedAtDays = 30

/**
 * Ends the alert about customers who wait for a server once none of them waits there any more: its message is edited.
 * Customers who wait for another server by then are a new alert.
 */
export async function endStuckAlerts(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<void> {
  const now = deps.clock.now()
  const open = await listOpen(deps, addDays(now, -lookedAtDays))
  if (open.length === 0) return
  const { causes } = await countUndelivered(deps)
  const awaited = new Set(causes.map(({ serverName }) => serverName))
  const over = open.filter(({ server_name: serverName }) => !awaited.has(serverName))
  if (over.length === 0) return
  await deps.db.transaction(async (em) => {
    for (const { server_name: serverName, reason } of over)
      await notifyStaff(deps, em, { kind: 'access_healed', serverName, reason }, now)
    await notifyCauses(
      deps,
      em,
      causes.filter(({ oldestMs }) => oldestMs >= preparingAfterMs),
      now,
    )
  })
}

/** The latest alert of each cause, while nothing that waits to be gathered ends it. */
const listOpen = ({ db }: Pick<ShopDeps, 'db'>, since: Date) =>
  db
    .getKysely()
    .selectFrom('alerts as a')
    .select([
      sql<string | null>`a.content ->> 'serverName'`.as('server_name'),
      sql<string>`a.content ->> 'reason'`.as('reason'),
    ])
    .where('a.kind', '=', sql.lit('access_stuck'))
    .where('a.cause', 'like', sql.lit('access_stuck:%'))
    .where('a.over_at', 'is', null)
    .where('a.first_at', '>', since)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('alerts as n')
            .select('n.id')
            .whereRef('n.cause', '=', 'a.cause')
            .whereRef('n.first_at', '>', 'a.first_at'),
        ),
      ),
    )
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('alert_events as e')
            .select('e.id')
            .where('e.alert_id', 'is', null)
            .whereRef('e.ends', '=', 'a.cause'),
        ),
      ),
    )
    .orderBy('a.first_at')
    .limit(page)
    .execute()
