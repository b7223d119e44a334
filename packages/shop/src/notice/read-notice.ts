import {
  CustomerEntity,
  type EntityManager,
  NoticeEntity,
  type NoticeRow,
  runStatement,
  SubscriptionEntity,
} from '@vpn-kiosk/db'
import { type Customer, type CustomerNotice, cutText, type Id, standingOf } from '@vpn-kiosk/domain'
import { toCustomer } from '../customer/recognize-customer.ts'
import type { ShopDeps } from '../deps.ts'
import { tellStaff } from './queue-notice.ts'

export interface NoticeToSend {
  readonly customer: Customer
  readonly notice: CustomerNotice
}

/** What to tell and to whom; null when it was told already, or is not true any more (it waited while a bot was away). */
export async function readNotice(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  id: string,
): Promise<NoticeToSend | null> {
  const em = db.em()
  const row = await em.findOne(NoticeEntity, { id: id as Id<'notice'>, state: 'queued' })
  if (!row) return null
  if (!(await isStillTrue(em, row, clock.now()))) {
    await em.nativeUpdate(NoticeEntity, { id: row.id, state: 'queued' }, { state: 'outdated' })
    return null
  }
  const customer = await em.findOneOrFail(CustomerEntity, { id: row.customerId })
  return { customer: toCustomer(customer), notice: row.notice }
}

/** Kinds that speak of the present. */
const changing = [
  'expiring',
  'expired',
  'trial_ended',
  'win_back',
  'traffic_low',
  'traffic_used_up',
  'devices_over_limit',
] as const satisfies readonly CustomerNotice['kind'][]

/** Facts of the past stay true; how a subscription stands may have changed since the notice was queued. */
async function isStillTrue(em: EntityManager, { key, customerId, notice }: NoticeRow, now: Date): Promise<boolean> {
  const { kind } = notice
  if (kind === 'preparing')
    return (await em.count(NoticeEntity, { key: key.slice('preparing:'.length), state: 'held' })) > 0
  if (!(changing as readonly string[]).includes(kind)) return true
  const subscription = await em.findOne(SubscriptionEntity, { customerId })
  if (!subscription) return false
  const standing = standingOf(subscription, now)
  if (kind === 'expired' || kind === 'trial_ended' || kind === 'win_back') return standing === 'expired'
  if (kind === 'traffic_low') return standing === 'active' && key.includes(`:${subscription.stretchId ?? ''}`)
  if (kind === 'traffic_used_up') return standing === kind
  if (kind === 'devices_over_limit') return subscription.surplusClosesAt !== null
  const isSameEnd = key.endsWith(`:${subscription.endsAt?.getTime()}`)
  return isSameEnd && (standing === 'active' || standing === 'traffic_used_up')
}

export type NoticeOutcome =
  | { readonly kind: 'sent' | 'unreachable' }
  /** Telegram will never take it. */
  | { readonly kind: 'failed'; readonly reason: string }

/** Remembers how telling it ended, so that it is not told again. What will never be told is said to the staff, once a kind. */
export async function closeNotice(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'queue'>,
  id: string,
  outcome: NoticeOutcome,
): Promise<void> {
  const now = deps.clock.now()
  const reason = outcome.kind === 'failed' ? cutText(outcome.reason, 300) : null
  await deps.db.transaction(async (em) => {
    const [closed] = await runStatement<{ kind: string }>(
      em,
      `update notices set state = $2, reason = $3, sent_at = $4 where id = $1 and state = 'queued' returning notice ->> 'kind' as kind`,
      [id, outcome.kind, reason, now],
    )
    if (!closed || reason === null) return
    await tellStaff(deps, em, { kind: 'notification_refused', to: 'customers', what: closed.kind, reason }, now)
  })
}
