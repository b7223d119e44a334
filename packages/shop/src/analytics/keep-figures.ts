import { type EntityManager, runStatement, SettingEntity } from '@vpn-kiosk/db'
import { addDays, addMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

const key = 'check:figures'
const slotMs = 15 * minuteMs
/** A posting may be committed some time after its instant. */
const settleMs = 5 * minuteMs
/** What was written is counted once more, whenever it was committed. */
const recountMs = 2 * hourMs
const keptDays = 62

/** The larger the shop, the more rarely it is counted: a million customers every 25 minutes. */
const countAfterMs = 1.5

/** Counted some minutes ago at most, where counting anew would be slow. */
export interface KeptFigures {
  /** Revenue before this instant is in `revenue_slots`. */
  readonly until: string
  /** Absent where an earlier version counted. */
  readonly countedAt?: string
  readonly customers: number
  readonly active: number
  readonly trials: number
}

/**
 * Keeps what the dashboard would otherwise count from whole tables: revenue by quarter hours, which fit the days of any
 * time zone, and how many customers and running subscriptions there are. Counting again changes nothing.
 */
export async function keepFigures({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<KeptFigures> {
  const now = clock.now()
  const kept = await recallFigures(db.em())
  const until = new Date(Math.floor((now.getTime() - settleMs) / slotMs) * slotMs)
  const from = kept ? addMs(new Date(kept.until), -recountMs) : addDays(until, -keptDays)
  return db.transaction(async (em) => {
    await runStatement(em, slotsStatement, [from, until])
    await runStatement(em, 'delete from revenue_slots where starts_at < $1', [addDays(until, -keptDays)])
    const value: KeptFigures = { ...(await count(em, kept, now)), until: until.toISOString() }
    await em.upsert(SettingEntity, { key, value, changedAt: now })
    return value
  })
}

async function count(em: EntityManager, kept: KeptFigures | null, now: Date): Promise<Omit<KeptFigures, 'until'>> {
  const age = kept?.countedAt ? now.getTime() - new Date(kept.countedAt).getTime() : Number.POSITIVE_INFINITY
  if (kept && age >= 0 && age < kept.customers * countAfterMs) return kept
  const [counts] = await runStatement<Counts>(em, countsStatement, [now])
  if (!counts) throw new Error('the database counted nothing')
  return { ...counts, countedAt: now.toISOString() }
}

/** Null until they were kept for the first time. */
export async function recallFigures(em: EntityManager): Promise<KeptFigures | null> {
  const row = await em.findOne(SettingEntity, { key })
  return row ? (row.value as KeptFigures) : null
}

export type Counts = Pick<KeptFigures, 'customers' | 'active' | 'trials'>

/** Revenue is a credit, so its entries are negative. */
const slotsStatement = `
  insert into revenue_slots (starts_at, currency, amount_minor)
  select date_bin('15 minutes', p.at, timestamptz '2020-01-01 00:00Z'), e.currency, -sum(e.amount_minor)
  from ledger_postings p join ledger_entries e on e.posting_id = p.id
  where p.at >= $1 and p.at < $2 and e.account = 'revenue' group by 1, 2
  on conflict (starts_at, currency) do update set amount_minor = excluded.amount_minor`

export const countsStatement = `
  select (select count(*)::int from customers) as customers,
    count(*) filter (where not is_trial)::int as active, count(*) filter (where is_trial)::int as trials
  from subscriptions where state = 'active' and ends_at > $1`
