import { BroadcastEntity, type EntityManager } from '@vpn-kiosk/db'
import type { BroadcastId, BroadcastState, CustomerId, Language } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { tellStaff } from '../notice/queue-notice.ts'

/*
 * What whoever sends a broadcast works with. A recipient's row goes `queued → sending` right before Telegram is asked and
 * on to its outcome after; one that stays `sending` is never claimed again. Its `at` is the time of the claim, and
 * null once it is certain that the outcome will never be known.
 */

export interface BroadcastToSend {
  readonly text: string
  readonly state: BroadcastState
}

export interface Recipient {
  readonly customerId: CustomerId
  readonly telegramId: bigint
  readonly language: Language
}

export type Claim =
  | { readonly kind: 'claimed' }
  /** Somebody else writes, or has written, to this person. */
  | { readonly kind: 'taken' }
  /** Cancelled, or done by somebody else. */
  | { readonly kind: 'not_running' }

/** `queued`: Telegram refused for now, so it is safe to ask again. `unknown`: no answer came; never repeated. */
export type RecipientOutcome = 'sent' | 'unreachable' | 'failed' | 'queued' | 'unknown'

export interface OutcomeReport {
  readonly customerId: CustomerId
  readonly outcome: RecipientOutcome
}

type Deps = Pick<ShopDeps, 'db' | 'clock'>

/** Broadcasts that were started and are not over: what a starting process goes on with. */
export async function listRunningBroadcasts({ db }: Pick<ShopDeps, 'db'>): Promise<BroadcastId[]> {
  const rows = await db.em().find(BroadcastEntity, { state: 'running' }, { orderBy: { startedAt: 'asc' } })
  return rows.map((row) => row.id)
}

export async function readBroadcast({ db }: Pick<ShopDeps, 'db'>, id: BroadcastId): Promise<BroadcastToSend | null> {
  const row = await db.em().findOne(BroadcastEntity, { id })
  return row ? { text: row.text, state: row.state } : null
}

/** At most `count` people who wait for the broadcast, in the order of their ids, after `after`. They are not claimed yet. */
export async function listRecipients(
  { db }: Pick<ShopDeps, 'db'>,
  id: BroadcastId,
  { after, count }: { readonly after: CustomerId | null; readonly count: number },
): Promise<Recipient[]> {
  const rows = await db.em().execute<{ customer_id: CustomerId; telegram_id: string; language: Language }[]>(
    `select r.customer_id, c.telegram_id, c.language from broadcast_recipients r join customers c on c.id = r.customer_id
     where r.broadcast_id = ? and r.state = 'queued' and r.customer_id > ? order by r.customer_id limit ?`,
    [id, after ?? '', count],
  )
  return rows.map((row) => ({
    customerId: row.customer_id,
    telegramId: BigInt(row.telegram_id),
    language: row.language,
  }))
}

/** Takes one person for the caller alone, right before Telegram is asked. Of two callers at once one gets the person. */
export async function claimRecipient({ db, clock }: Deps, id: BroadcastId, customerId: CustomerId): Promise<Claim> {
  const em = db.em()
  const rows = await em.execute<{ customer_id: CustomerId }[]>(
    `update broadcast_recipients r set state = 'sending', at = ? from broadcasts b
     where b.id = r.broadcast_id and b.state = 'running' and r.broadcast_id = ? and r.customer_id = ? and r.state = 'queued'
     returning r.customer_id`,
    [clock.now(), id, customerId],
  )
  if (rows.length > 0) return { kind: 'claimed' }
  const isRunning = await em.count(BroadcastEntity, { id, state: 'running' })
  return { kind: isRunning ? 'taken' : 'not_running' }
}

/** Writes down how sending ended. Who can't be reached is marked so, and left alone until their next update. */
export async function recordOutcomes(
  { db, clock }: Deps,
  id: BroadcastId,
  reports: readonly OutcomeReport[],
): Promise<void> {
  if (reports.length === 0) return
  const now = clock.now()
  await db.transaction(async (em) => {
    // A person given back after the broadcast ended would wait for ever: that one was missed.
    await em.execute(
      `with told as (
         update broadcast_recipients r set
           state = case when o.outcome = 'unknown' then 'sending' when o.outcome = 'queued' and b.state = 'done' then 'failed' else o.outcome end,
           at = case when o.outcome in ('unknown', 'queued') then null else ?::timestamptz end
         from jsonb_to_recordset(?::jsonb) as o(customer text, outcome text), broadcasts b
         where b.id = r.broadcast_id and r.broadcast_id = ? and r.customer_id = o.customer and r.state = 'sending'
         returning r.state
       ), counted as (
         select count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'unreachable') as unreachable,
           count(*) filter (where state = 'failed') as failed from told
       )
       update broadcasts b set sent = b.sent + c.sent, unreachable = b.unreachable + c.unreachable, failed = b.failed + c.failed
       from counted c where b.id = ? and c.sent + c.unreachable + c.failed > 0`,
      [now, JSON.stringify(reports.map(({ customerId, outcome }) => ({ customer: customerId, outcome }))), id, id],
    )
    const gone = reports.filter(({ outcome }) => outcome === 'unreachable').map(({ customerId }) => customerId)
    if (gone.length === 0) return
    await em.execute(
      `update customers set unreachable_at = ? where unreachable_at is null and id in (${gone.map(() => '?').join(', ')})`,
      [now, ...gone],
    )
  })
}

/**
 * Ends a broadcast in which nobody is left. `in_flight`: somebody is being written to now, by another process or by
 * one that died; the caller decides how long it waits before it stops waiting for them. `filling`: not everybody is
 * written down yet. Staff hear of the end.
 */
export async function finishBroadcast(
  deps: Deps & Pick<ShopDeps, 'queue'>,
  id: BroadcastId,
  { waitForOthers }: { readonly waitForOthers: boolean },
): Promise<{ readonly kind: 'finished' | 'filling' | 'somebody_left' | 'in_flight' | 'not_running' }> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    // Locked before it is looked into: one statement would see the people as they were before it waited for the lock.
    await em.execute('select 1 from broadcasts where id = ? for update', [id])
    const [row] = await em.execute<{ filled: boolean; queued: boolean; flying: boolean }[]>(
      `select b.filled_at is not null as filled, exists (select 1 from broadcast_recipients where broadcast_id = b.id and state = 'queued') as queued,
         exists (select 1 from broadcast_recipients where broadcast_id = b.id and state = 'sending' and at is not null) as flying
       from broadcasts b where b.id = ? and b.state = 'running'`,
      [id],
    )
    if (!row) return { kind: 'not_running' }
    if (row.queued) return { kind: 'somebody_left' }
    if (!row.filled) return { kind: 'filling' }
    if (row.flying && waitForOthers) return { kind: 'in_flight' }
    await recount(em, id)
    await em.nativeUpdate(BroadcastEntity, { id, state: 'running' }, { state: 'done', finishedAt: now })
    await tellStaff(deps, em, { kind: 'broadcast_finished', broadcastId: id }, now)
    return { kind: 'finished' }
  })
}

/** Where the kept figures do not add up, because an earlier version sent a part of it, everybody is counted once. */
async function recount(em: EntityManager, id: BroadcastId): Promise<void> {
  await em.execute(
    `update broadcasts b set sent = c.sent, unreachable = c.unreachable, failed = c.failed from (
       select count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'unreachable') as unreachable,
         count(*) filter (where state = 'failed') as failed from broadcast_recipients where broadcast_id = ?
     ) c where b.id = ? and b.total <> b.sent + b.unreachable + b.failed + (
       select count(*) from broadcast_recipients where broadcast_id = ? and state = 'sending'
     )`,
    [id, id, id],
  )
}
