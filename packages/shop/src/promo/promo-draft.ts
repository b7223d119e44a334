import { type EntityManager, type Json, PlanEntity, PlanPriceEntity, sql } from '@vpn-kiosk/db'
import { type Currency, isBefore, isPercentOff, mostPromoDays, type PlanId, type PromoGift } from '@vpn-kiosk/domain'

export interface PromoDraft {
  /** Null: the shop makes one up. */
  readonly code: string | null
  readonly gift: PromoGift
  /** Null: as often as there are customers. */
  readonly mostUses: number | null
  /** By one customer; more than once only of what is off a purchase. */
  readonly mostUsesEach: number
  readonly isForNewcomers: boolean
  /** Off which plans; null: off all, and of anything else. */
  readonly plans: readonly PlanId[] | null
  readonly startsAt: Date | null
  readonly endsAt: Date | null
}

export type InvalidPromo =
  | 'invalid_gift'
  | 'invalid_currency'
  | 'invalid_uses'
  | 'invalid_uses_each'
  | 'invalid_plans'
  | 'over_already'

/** In minor units: what one code may give. */
const mostMinor = 10_000_000n
const mostUsesOfAll = 1_000_000

const isCount = (count: number, most: number): boolean => Number.isInteger(count) && count >= 1 && count <= most

/** What is wrong with a draft; null when it may be made. */
export async function checkDraft(em: EntityManager, draft: PromoDraft, now: Date): Promise<InvalidPromo | null> {
  const { gift, mostUses, mostUsesEach, plans, startsAt, endsAt } = draft
  if (!isInRange(gift)) return 'invalid_gift'
  if (mostUses !== null && !isCount(mostUses, mostUsesOfAll)) return 'invalid_uses'
  const isOnce = gift.kind !== 'discount'
  if (!isCount(mostUsesEach, isOnce ? 1 : 1000)) return 'invalid_uses_each'
  if (endsAt && !isBefore(startsAt && isBefore(now, startsAt) ? startsAt : now, endsAt)) return 'over_already'
  if (gift.kind === 'discount' && gift.size.kind === 'amount' && !(await hasPriceIn(em, gift.size.amount.currency)))
    return 'invalid_currency'
  if (plans === null) return null
  const known = await em.count(PlanEntity, { id: { $in: [...plans] }, isTrial: false })
  return isOnce || plans.length === 0 || known < new Set(plans).size ? 'invalid_plans' : null
}

/** An amount takes nothing off where no plan has a price in its currency. */
async function hasPriceIn(em: EntityManager, currency: Currency): Promise<boolean> {
  const own = await em.count(PlanEntity, { currency, isTrial: false })
  return own > 0 || (await em.count(PlanPriceEntity, { currency })) > 0
}

function isInRange(gift: PromoGift): boolean {
  if (gift.kind === 'days') return isCount(gift.days, mostPromoDays)
  if (gift.kind === 'discount' && gift.size.kind === 'percent') return isPercentOff(gift.size.percent)
  const { minor } = gift.kind === 'balance' ? gift.amount : amountOf(gift.size)
  return minor > 0n && minor <= mostMinor
}

interface GiftColumns {
  readonly days: number
  readonly amount_minor: bigint
  readonly percent: number
  readonly off_minor: bigint
  readonly currency: Currency
}

const nothing: GiftColumns = { days: 0, amount_minor: 0n, percent: 0, off_minor: 0n, currency: 'RUB' }

/** What of a draft becomes columns of a code. */
export const draftColumns = (draft: PromoDraft, now: Date) => ({
  ...giftColumns(draft.gift),
  uses: 0,
  most_uses: draft.mostUses,
  most_uses_each: draft.mostUsesEach,
  is_for_newcomers: draft.isForNewcomers,
  plan_ids: draft.plans && sql<Json<readonly PlanId[]>>`${JSON.stringify(draft.plans)}::jsonb`,
  starts_at: draft.startsAt,
  ends_at: draft.endsAt,
  stopped_at: null,
  created_at: now,
})

function giftColumns(gift: PromoGift): GiftColumns {
  if (gift.kind === 'days') return { ...nothing, days: gift.days }
  if (gift.kind === 'balance') return { ...nothing, amount_minor: gift.amount.minor, currency: gift.amount.currency }
  if (gift.size.kind === 'percent') return { ...nothing, percent: gift.size.percent }
  return { ...nothing, off_minor: gift.size.amount.minor, currency: gift.size.amount.currency }
}

const amountOf = (size: (PromoGift & { kind: 'discount' })['size']) =>
  size.kind === 'amount' ? size.amount : { minor: 0n }

/** For the audit: a gift in words that JSON holds. */
export const giftInWords = (gift: PromoGift): string =>
  JSON.stringify(gift, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
