import { sql } from '@vpn-kiosk/db'
import { addMs, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** A key takes some seconds: who has waited less is not counted. */
const graceMs = minuteMs
/** Counts stop here, so that a bad day does not make them slow. */
const countLimit = 10_000

/** What the books say where a server has said nothing itself; the bots have sentences for them. */
export const waitReasons = {
  noServer: 'no server is open',
  noRoom: 'no server has room',
  down: 'the server is down',
  disabled: 'the server is disabled',
  turn: 'its turn has not come',
} as const

/** Why people wait, and how many. */
export interface UndeliveredCause {
  /** Null: no server has a place for them, or there is none. */
  readonly serverName: string | null
  /** The server's own last words, or what is missing; for staff. */
  readonly reason: string
  readonly count: number
  readonly oldestMs: number
}

/** Who has a running right and nothing that works, after a minute's grace. Counts end at 10,000. */
export interface Undelivered {
  /** Paid, or given by the shop. */
  readonly paid: number
  readonly trials: number
  /** Since when the one who paid and has waited longest waits; null when nobody does. */
  readonly oldestPaidAt: Date | null
  /** The most people first. */
  readonly causes: readonly UndeliveredCause[]
}

interface Row {
  readonly server_name: string | null
  readonly reason: string
  readonly is_trial: boolean
  readonly count: number
  readonly since: Date
}

/**
 * "Paid and not delivered", counted from the books: running rights with no access that was ever applied, or with
 * accesses only on servers that are down or out of service.
 */
export async function countUndelivered({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<Undelivered> {
  const now = clock.now()
  const { rows } = await undelivered(now).execute(db.getKysely())
  const paid = rows.filter((row) => !row.is_trial)
  const oldest = Math.min(...paid.map((row) => row.since.getTime()))
  const sum = (some: readonly Row[]) => some.reduce((total, row) => total + row.count, 0)
  return {
    paid: sum(paid),
    trials: sum(rows) - sum(paid),
    oldestPaidAt: paid.length > 0 ? new Date(oldest) : null,
    causes: gather(rows, now),
  }
}

function gather(rows: readonly Row[], now: Date): UndeliveredCause[] {
  const causes = new Map<string, UndeliveredCause>()
  for (const row of rows) {
    const key = JSON.stringify([row.server_name, row.reason])
    const known = causes.get(key)
    const waitedMs = now.getTime() - row.since.getTime()
    causes.set(key, {
      serverName: row.server_name,
      reason: row.reason,
      count: (known?.count ?? 0) + row.count,
      oldestMs: Math.max(known?.oldestMs ?? 0, waitedMs),
    })
  }
  return [...causes.values()].sort((a, b) => b.count - a.count)
}

/** The second half looks only at servers that are away, and at no more accesses of theirs than the limit, by the index of their order. */
const undelivered = (now: Date) => sql<Row>`
    with never as (
      select p.subscription_id, p.is_trial, p.since from pending_deliveries p join subscriptions s on s.id = p.subscription_id
      where p.since <= ${addMs(now, -graceMs)} and s.state = 'active' and s.ends_at > ${now} limit ${countLimit}
    ), broken as (
      select e.id, v.name, v.state, least(e.probed_at, ${now}::timestamptz) as since, e.health_reason from endpoints e join servers v on v.id = e.server_id
      where v.state in ('down', 'disabled') and e.places_taken > 0
    ), away as (
      select a.subscription_id, broken.name, broken.state, broken.health_reason, broken.since
      from broken cross join lateral (
        select a.subscription_id from accesses a where a.endpoint_id = broken.id and a.removed_at is null
          and a.device_id is null and a.ended_at is null and a.credentials is not null order by a.id limit ${countLimit}
      ) a
    ), lost as (
      select distinct on (s.id) s.id as subscription_id, s.is_trial, away.since, away.name, away.state, away.health_reason
      from away join subscriptions s on s.id = away.subscription_id
      where s.state = 'active' and s.ends_at > ${now}
        and not exists (select 1 from pending_deliveries p where p.subscription_id = s.id)
        and not exists (
          select 1 from accesses a join endpoints e on e.id = a.endpoint_id join servers v on v.id = e.server_id
          where a.subscription_id = s.id and a.removed_at is null and a.device_id is null and a.credentials is not null
            and v.state in ('active', 'draining')
        )
    ), explained as (
      select never.is_trial, never.since, tried.name as server_name, coalesce(tried.reason, case
          when not exists (select 1 from servers where state = 'active') then ${sql.lit(waitReasons.noServer)}
          else ${sql.lit(waitReasons.noRoom)} end) as reason
      from never left join lateral (
        select v.name, case v.state when 'down' then ${sql.lit(waitReasons.down)} when 'disabled' then ${sql.lit(waitReasons.disabled)}
            else coalesce(a.last_error, ${sql.lit(waitReasons.turn)}) end as reason
        from accesses a join endpoints e on e.id = a.endpoint_id join servers v on v.id = e.server_id
        where a.subscription_id = never.subscription_id and a.removed_at is null and a.device_id is null
        order by a.last_error is null, a.created_at limit 1
      ) tried on true
      union all
      select is_trial, since, name, case state when 'down' then ${sql.lit(waitReasons.down)} else ${sql.lit(waitReasons.disabled)} end
        || coalesce(': ' || health_reason, '') from lost
    )
    select server_name, reason, is_trial, count(*)::int as count, min(since) as since
    from explained group by server_name, reason, is_trial`
