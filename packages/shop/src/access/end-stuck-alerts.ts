import { addDays, preparingAfterMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/queue-notification.ts'
import { countUndelivered } from '../operation/count-undelivered.ts'
import { tellOfCauses } from './speak-of-delays.ts'

const page = 100
/** An alert that is older was answered or forgotten. */
const lookedAtDays = 30

interface OpenAlert {
  readonly server_name: string | null
  readonly reason: string
}

/**
 * Tells staff the end of what kept customers waiting, once nobody waits at that server any longer: the message that told
 * of it says so. Whoever waits elsewhere by then is not over, and is told anew.
 */
export async function endStuckAlerts(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<void> {
  const now = deps.clock.now()
  const open = await deps.db.read<OpenAlert>(openStatement, [addDays(now, -lookedAtDays), page])
  if (open.length === 0) return
  const { causes } = await countUndelivered(deps)
  const awaited = new Set(causes.map(({ serverName }) => serverName))
  const over = open.filter(({ server_name: serverName }) => !awaited.has(serverName))
  if (over.length === 0) return
  await deps.db.transaction(async (em) => {
    for (const { server_name: serverName, reason } of over)
      await notifyStaff(deps, em, { kind: 'access_healed', serverName, reason }, now)
    await tellOfCauses(
      deps,
      em,
      causes.filter(({ oldestMs }) => oldestMs >= preparingAfterMs),
      now,
    )
  })
}

/** The latest alert of each cause, while nothing that waits to be gathered ends it. */
const openStatement = {
  name: 'alerts of customers who wait',
  text: `select a.content ->> 'serverName' as server_name, a.content ->> 'reason' as reason from alerts a
     where a.kind = 'access_stuck' and a.cause like 'access_stuck:%' and a.over_at is null and a.first_at > $1
       and not exists (select 1 from alerts n where n.cause = a.cause and n.first_at > a.first_at)
       and not exists (select 1 from alert_events e where e.alert_id is null and e.ends = a.cause)
     order by a.first_at limit $2`,
}
