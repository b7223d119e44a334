import { type EntityManager, RenewalEntity, type SavedCardRow, StarSubscriptionEntity } from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerId,
  compareMoney,
  dueStep,
  type Money,
  money,
  nextChargeAt,
  type Plan,
  type RenewalEnd,
  type RenewalSource,
  type RenewalStep,
  starSubscription,
  starsWaitMs,
  subtractMoney,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { maySaveCard } from '../payment/may-save-card.ts'
import { findSubscription } from '../subscription/stretch-queue.ts'
import { findCard } from './find-card.ts'
import { findRenewalPlan } from './find-renewal-plan.ts'
import { freeBalance } from './free-balance.ts'
import { isChargeable } from './is-chargeable.ts'

export interface RenewalState {
  readonly isOn: boolean
  readonly source: RenewalSource
  /** Stars that Telegram charges, or lately did; null where there are none to speak of. */
  readonly stars: StarsState | null
  /** Why it is off; null where it is on, or never was. */
  readonly offReason: RenewalEnd | null
  /** What is bought again; null where the plan of the last purchase is not sold any more, or nothing was bought. */
  readonly plan: Pick<Plan, 'id' | 'title' | 'days' | 'price'> | null
  readonly endsAt: Date | null
  /** When money is taken next; null where the subscription has ended for good. */
  readonly chargeAt: Date | null
  /** What the balance lacks for it; null where it lacks nothing. */
  readonly missing: Money | null
  readonly card: SavedCardState | null
  /** A card can be saved with the next purchase. */
  readonly maySaveCard: boolean
}

interface SavedCardState extends Pick<SavedCardRow, 'id' | 'title'> {
  /** It can pay for what is bought again. */
  readonly isChargeable: boolean
}

export interface StarsState {
  /** Charged every `everyDays`, as agreed, whatever the plan costs by now. */
  readonly amount: Money
  readonly everyDays: number
  readonly paidUntil: Date
  readonly isCanceled: boolean
}

/** How a customer's auto-renewal stands, and what switching it on would mean; null for who has no subscription. */
export const getRenewal = (
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'providers'>,
  customerId: CustomerId,
): Promise<RenewalState | null> => deps.db.transaction((em) => readRenewal(deps, em, customerId, deps.clock.now()))

export async function readRenewal(
  deps: Pick<ShopDeps, 'policy' | 'providers'>,
  em: EntityManager,
  customerId: CustomerId,
  now: Date,
): Promise<RenewalState | null> {
  const known = await em
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  const subscription = known && (await findSubscription(em, known.id))
  if (!subscription) return null
  const { id, endsAt } = subscription
  const row = await em.findOne(RenewalEntity, { subscriptionId: id })
  const isOn = row?.nextAt != null
  const plan = await findRenewalPlan(deps, em, { subscriptionId: id, customerId }, now)
  const price = plan?.price
  const isSameEnd = row?.endsAt?.getTime() === endsAt?.getTime()
  const free = price && (await freeBalance(em, customerId, price.currency))
  const stars = await readStars(em, customerId, now)
  const card = await findCard(em, customerId)
  const providers = price ? [...deps.providers.values()] : []
  const savers = await Promise.all(providers.map((one) => price && maySaveCard(em, one, price.currency, now)))
  return {
    isOn,
    stars,
    card: card && {
      id: card.id,
      title: card.title,
      isChargeable: price !== undefined && isChargeable(deps, card, price.currency),
    },
    maySaveCard: savers.includes(true),
    source: row?.source ?? 'balance',
    offReason: row?.offReason ?? null,
    plan,
    endsAt,
    chargeAt: endsAt && nextChargeAt(endsAt, isOn && isSameEnd ? row.doneStep : passedStep(endsAt, now)),
    missing: price && free && compareMoney(free, price) < 0 ? subtractMoney(price, free) : null,
  }
}

async function readStars(em: EntityManager, customerId: CustomerId, now: Date): Promise<StarsState | null> {
  const paid = { customerId, paidUntil: { $gt: addMs(now, -starsWaitMs) } }
  const row = await em.findOne(StarSubscriptionEntity, paid, { orderBy: { isCanceled: 'asc', paidUntil: 'desc' } })
  if (!row) return null
  const { amountMinor, paidUntil, isCanceled } = row
  return { amount: money(amountMinor, 'XTR'), everyDays: starSubscription.days, paidUntil, isCanceled }
}

/** The last step whose moment has passed: what is switched on now goes on after it. */
export function passedStep(endsAt: Date, now: Date): RenewalStep | null {
  const passed = dueStep(endsAt, null, now)
  return passed === 'over' ? 'try_late' : passed
}
