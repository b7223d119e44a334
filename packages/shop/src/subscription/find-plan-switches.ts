import { type EntityManager, PlanEntity, type PlanRow } from '@vpn-kiosk/db'
import {
  addMs,
  type ConversionRate,
  type Currency,
  convertStretches,
  daysMs,
  hourMs,
  isBefore,
  type Limits,
  lastStretch,
  openStretches,
  type Plan,
  priceIn,
  runningStretch,
  type Stretch,
} from '@vpn-kiosk/domain'
import { readOtherPrices } from '../plan/read-other-prices.ts'
import { toPlan } from '../purchase/list-plans.ts'

/** A plan that what is left can be changed to. */
export interface PlanSwitch {
  readonly plan: Plan
  /** When all time ends after the change. */
  readonly endsAt: Date
}

export interface FoundPlanSwitches {
  readonly current: Plan
  /** When all time ends as things stand. */
  readonly endsAt: Date
  readonly limits: Limits
  /** Devices or traffic were added to it: a switch keeps them, until the new end. */
  readonly hasAddons: boolean
  readonly switches: readonly (PlanSwitch & { readonly queue: readonly Stretch[] })[]
}

/** Less than this is not worth changing for, and more is a price by mistake. */
const leastMs = hourMs
const mostMs = daysMs(3650)

/**
 * What the time that is left could be changed to by the rules of `domain/subscription/convert-stretches.ts`: plans on sale
 * for as many days as the running one, with other limits. Null when a plan of the shop is not what runs.
 */
export async function findPlanSwitches(
  em: EntityManager,
  queue: readonly Stretch[],
  now: Date,
): Promise<FoundPlanSwitches | null> {
  const running = runningStretch(queue, now)
  if (!running?.planId || running.isTrial) return null
  const row = await em.findOne(PlanEntity, { id: running.planId, isTrial: false })
  if (!row) return null
  const others = await readOthers(em, row)
  const prices = await readOtherPrices(em, others)
  const current = toPlan(row, prices)
  const group = openStretches(queue, now).filter(({ planId, isTrial }) => planId === current.id && !isTrial)
  const paid = await readPaidPrices(em, group, current.price.currency)
  const switches = others
    .filter((other) => !hasLimitsOf(other, row))
    .map((other) => toPlan(other, prices))
    .flatMap((plan) => {
      const rates = ratesOf({ group, paid, current, target: plan })
      if (!rates || group.some((stretch) => stretch.addons && isLonger(rates.get(stretch.key)))) return []
      const target = { ...plan, planId: plan.id, lengthMs: daysMs(plan.days) }
      const after = convertStretches(queue, rates, target, now)
      const endsAt = runningStretch(after, now)?.planId === plan.id ? lastStretch(after)!.endsAt : now
      const isSensible = isBefore(addMs(now, leastMs), endsAt) && isBefore(endsAt, addMs(now, mostMs))
      return isSensible ? [{ plan, endsAt, queue: after }] : []
    })
  const { deviceLimit, trafficLimitBytes } = running
  const hasAddons = group.some(({ addons }) => Boolean(addons))
  return {
    current,
    endsAt: lastStretch(queue)!.endsAt,
    limits: { deviceLimit, trafficLimitBytes },
    hasAddons,
    switches,
  }
}

/** Rule 7: an add-on was sold for the time that its stretch has. */
const isLonger = (rate: ConversionRate | undefined): boolean => rate !== undefined && rate.numerator > rate.denominator

/** What is on sale for as many days as the plan that runs. */
const readOthers = (em: EntityManager, { id, days }: PlanRow): Promise<PlanRow[]> =>
  em.find(
    PlanEntity,
    { isTrial: false, isActive: true, priceMinor: { $gt: 0n }, days, id: { $ne: id } },
    { orderBy: { position: 'asc', id: 'asc' } },
  )

const hasLimitsOf = (a: Limits, b: Limits): boolean =>
  a.deviceLimit === b.deviceLimit && a.trafficLimitBytes === b.trafficLimitBytes

/** What was agreed for each stretch that was paid for in this currency, by the stretch's key. Any other is as time that was given. */
async function readPaidPrices(
  em: EntityManager,
  group: readonly Stretch[],
  currency: Currency,
): Promise<ReadonlyMap<string, bigint>> {
  const keys = group.map(({ key }) => key).filter((key) => key.startsWith('payment:'))
  if (keys.length === 0) return new Map()
  const rows = await em
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .select(['p.id', 'o.price_minor'])
    .where('o.currency', '=', currency)
    .where('p.id', 'in', keys.map((key) => key.slice('payment:'.length)) as never[])
    .execute()
  return new Map(rows.map((row) => [`payment:${row.id}`, BigInt(row.price_minor)]))
}

interface Conversion {
  readonly group: readonly Stretch[]
  readonly paid: ReadonlyMap<string, bigint>
  readonly current: Plan
  readonly target: Plan
}

/** Null where the two plans have no price in the same currency. */
function ratesOf({ group, paid, current, target }: Conversion): ReadonlyMap<string, ConversionRate> | null {
  const price = priceIn(target, [current.price.currency])
  if (!price || price.minor <= 0n) return null
  const given = givenRate(current, price)
  return new Map(
    group.map((stretch) => {
      const value = paid.get(stretch.key)
      if (value === undefined || value <= 0n) return [stretch.key, given] as const
      const numerator = value * BigInt(daysMs(target.days))
      return [stretch.key, { numerator, denominator: BigInt(stretch.lengthMs) * price.minor }] as const
    }),
  )
}

/** Of time that nobody paid for: by the two prices, and never longer. */
const givenRate = ({ price }: Plan, other: { readonly minor: bigint }): ConversionRate =>
  price.minor < other.minor
    ? { numerator: price.minor > 0n ? price.minor : 1n, denominator: other.minor }
    : { numerator: 1n, denominator: 1n }
