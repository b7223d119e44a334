import { type EntityManager, type Expression, type Given, jsonObjectFrom, prepared, sql } from '@vpn-kiosk/db'
import type { AccessId, Credentials, CustomerId, DeviceId, Id } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotification, sendNotification } from '../notification/queue-notification.ts'
import type { Lease } from './hold-lease.ts'
import { queueAccess } from './queue-access.ts'
import { requestAgain } from './request-access.ts'

type RecordDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault'>

/** The wish as it stood when it was taken up. */
export interface Leased extends Lease {
  readonly desiredRevision: number
  readonly attempts: number
  /** An account may be there: its endpoint was asked before, with or without an answer. */
  readonly wasAsked: boolean
}

export interface Agreed {
  /** Null where there are no documents: nothing was made, or it was removed. */
  readonly credentials: Credentials | null
  /** What stays of the access: `nothing` when its right is over and no account of it is left. */
  readonly kept: 'account' | 'wish' | 'nothing'
  /** Its endpoint was asked, now or before. */
  readonly wasAsked: boolean
  /** Its holder is let in no more; connections that are open may go on. */
  readonly isCut: boolean
}

/** Where the lease ran out and somebody else has settled it meanwhile, nobody knows whose write came last: wished again. */
export async function recordApplied(deps: RecordDeps, access: Leased, agreed: Agreed): Promise<void> {
  const sealed = agreed.credentials ? deps.vault.seal(agreed.credentials, `accesses.credentials:${access.id}`) : null
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { id, leasedUntil, desiredRevision } = access
    const { kept: what, wasAsked, isCut } = agreed
    const values = { id, leasedUntil, desiredRevision, now, sealed, isNothing: what === 'nothing', wasAsked, isCut }
    const [kept] = await recordAgreed(em, values)
    if (!kept) return void (await requestAgain(deps, em, access.id, now))
    if (kept.is_behind) await queueAccess(deps, em, access.id)
    for (const id of kept.released) await sendNotification(deps, em, id)
    if (kept.reissued) await tellNewFile(deps, em, access.id, kept.reissued, now)
  })
}

const tellNewFile = (
  deps: RecordDeps,
  em: EntityManager,
  id: AccessId,
  { deviceId, customerId }: { readonly deviceId: DeviceId; readonly customerId: CustomerId },
  now: Date,
): Promise<boolean> =>
  queueNotification(
    deps,
    em,
    { customerId, key: `reissued:${id}`, notification: { kind: 'device_reissued', deviceId } },
    now,
  )

interface AgreedValues {
  readonly id: AccessId
  readonly leasedUntil: Date
  readonly desiredRevision: number
  readonly now: Date
  readonly sealed: string | null
  /** Nothing stays of the access. */
  readonly isNothing: boolean
  readonly wasAsked: boolean
  readonly isCut: boolean
}

/**
 * Lets go what waited for this subscription's access, unless more is wished by now or there are no documents. `reissued`
 * is the device that has its first file in place of one that was taken back.
 */
const recordAgreed = prepared((db, given: Given<AgreedValues>) => {
  const now = sql<Date>`${given.now}::timestamptz`
  const revision = sql<number>`${given.desiredRevision}::int`
  const hasDocuments = sql<boolean>`${given.sealed}::text is not null`
  return db
    .with('kept', (cte) =>
      cte
        .updateTable('accesses')
        .set(appliedColumns(given, now, revision))
        .where('id', '=', given.id)
        .where('leased_until', '=', given.leasedUntil)
        .returning((eb) => [
          'subscription_id',
          'device_id',
          eb('desired_revision', '>', revision).$castTo<boolean>().as('is_behind'),
          eb.and([eb.ref('is_reissued'), eb(revision, '=', 1), hasDocuments]).as('is_new_file'),
        ]),
    )
    .with('released', (cte) =>
      cte
        .updateTable('notifications as n')
        .from('kept')
        .set({ state: 'queued', queued_at: now })
        .whereRef('n.subscription_id', '=', 'kept.subscription_id')
        .where('n.state', '=', sql.lit('held'))
        .where((eb) => eb.and([eb.not(eb.ref('kept.is_behind')), hasDocuments]))
        .returning('n.id'),
    )
    .with('delivered', (cte) =>
      cte
        .deleteFrom('pending_deliveries as p')
        .using('kept')
        .whereRef('p.subscription_id', '=', 'kept.subscription_id')
        .where('kept.device_id', 'is', null)
        .where(hasDocuments),
    )
    .selectFrom('kept')
    .select((eb) => [
      'kept.is_behind',
      sql<Id<'notification'>[]>`array(${eb.selectFrom('released').select('released.id')})`.as('released'),
      jsonObjectFrom(
        eb
          .selectFrom('subscriptions as s')
          .whereRef('s.id', '=', 'kept.subscription_id')
          .where('kept.is_new_file', '=', true)
          .select(['s.customer_id as customerId', sql<DeviceId>`kept.device_id`.as('deviceId')]),
      ).as('reissued'),
    ])
})

const appliedColumns = (
  { sealed, wasAsked, isCut, isNothing }: Given<AgreedValues>,
  now: Expression<Date>,
  revision: Expression<number>,
) => ({
  applied_revision: revision,
  applied_at: now,
  credentials: sealed,
  attempts: 0,
  last_error: null,
  last_cause: null,
  leased_until: null,
  next_attempt_at: sql<Date | null>`case when desired_revision > ${revision} then ${now} end`,
  asked_at: sql<Date | null>`case when ${wasAsked}::boolean then asked_at end`,
  cut_at: sql<Date | null>`case when ${isCut}::boolean then ${now} end`,
  removed_at: sql<Date | null>`
    case when ${isNothing}::boolean and desired_revision = ${revision} then coalesce(removed_at, ${now}) else removed_at end`,
})
