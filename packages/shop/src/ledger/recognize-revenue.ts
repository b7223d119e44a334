import { type EntityManager, sql } from '@vpn-kiosk/db'
import {
  addonLengthMs,
  type Currency,
  deferredOf,
  money,
  newId,
  type PaymentId,
  recognitionPosting,
  remainingMsOf,
  startOfDay,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type RecognizedLine, recordRecognized } from './record-recognized.ts'
import { writePosting } from './write-posting.ts'

const page = 1000
/** Before all ids of payments. */
const firstId: PaymentId = 'pay_'

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'checkpoint'>

/**
 * Turns sold time that has passed by the start of today into revenue, once. A page of sales and its posting are one
 * transaction, so a run that is broken off goes on where it stopped. Returns how many sales earned something.
 */
export async function recognizeRevenue(deps: Deps): Promise<number> {
  const until = startOfDay(deps.clock.now(), deps.policy.timeZone)
  let earned = 0
  for (let after: PaymentId | null = firstId; after !== null; ) {
    const done: { readonly earned: number; readonly last: PaymentId | null } = await deps.db.transaction((em) =>
      recognizePage(deps, em, after as PaymentId, until),
    )
    earned += done.earned
    after = done.last
  }
  return earned
}

async function recognizePage(deps: Deps, em: EntityManager, after: PaymentId, until: Date) {
  const sales = await lockSales(em, after)
  const passed = sales.map((sale) => ({ ...sale, passed: passedOf(sale, until) })).filter((sale) => sale.passed > 0n)
  if (passed.length > 0) {
    await reduceDeferred(em, passed)
    await book(em, passed, {
      day: startOfDay(new Date(until.getTime() - 1), deps.policy.timeZone),
      at: deps.clock.now(),
    })
    deps.checkpoint('recognize:before-commit')
  }
  return { earned: passed.length, last: sales.length === page ? sales.at(-1)!.payment_id : null }
}

/** Sales of which something is still owed, with the stretch that each bought or added to. One that is being refunded waits for the next run. */
const lockSales = (em: EntityManager, after: PaymentId) =>
  em
    .getKysely()
    .selectFrom('sales as s')
    .leftJoin('subscription_periods as p', (join) => join.on('p.key', '=', sql<string>`'payment:' || s.payment_id`))
    .select(['s.payment_id', 's.provider', 's.plan_id', 's.amount_minor', 's.currency', 's.deferred_minor'])
    .leftJoin('addon_grants as g', 'g.payment_id', 's.payment_id')
    .leftJoin('subscription_periods as a', 'a.id', 'g.period_id')
    .select((eb) => [
      eb.fn.coalesce('p.starts_at', 'a.starts_at').as('starts_at'),
      eb.fn.coalesce('p.ends_at', 'a.ends_at').as('ends_at'),
      eb.fn.coalesce('p.length_ms', 'a.length_ms').as('length_ms'),
      'g.rest_ms as addon_rest_ms',
      'g.length_ms as addon_length_ms',
    ])
    .where('s.deferred_minor', '>', sql.lit('0'))
    .where('s.payment_id', '>', after)
    .orderBy('s.payment_id')
    .limit(page)
    .forUpdate('s')
    .skipLocked()
    .execute()

type SaleRow = Awaited<ReturnType<typeof lockSales>>[number]
type Passed = SaleRow & { readonly passed: bigint }

/** A sale without a stretch owes nothing. */
function passedOf(sale: SaleRow, until: Date): bigint {
  const owed = BigInt(sale.deferred_minor)
  if (sale.starts_at === null || sale.ends_at === null) return owed
  const stretch = { startsAt: sale.starts_at, endsAt: sale.ends_at }
  const rest = deferredOf(BigInt(sale.amount_minor), remainingMsOf(stretch, until), earningMsOf(sale))
  return owed > rest ? owed - rest : 0n
}

/** The time over which a sale is earned: the stretch, or what was left of it when an add-on came. */
function earningMsOf({ length_ms, addon_rest_ms: restMs, addon_length_ms: wholeMs }: SaleRow): number {
  const lengthMs = Number(length_ms)
  return restMs === null ? lengthMs : addonLengthMs({ restMs: Number(restMs), lengthMs: Number(wholeMs) }, { lengthMs })
}

const reduceDeferred = (em: EntityManager, sales: readonly Passed[]) =>
  em
    .getKysely()
    .updateTable('sales as s')
    .from(
      sql<{ payment_id: PaymentId; passed: string }>`unnest(${sales.map((sale) => sale.payment_id)}::text[],
        ${sales.map((sale) => sale.passed)}::bigint[])`.as<'earned'>(sql`earned (payment_id, passed)`),
    )
    .set({ deferred_minor: sql<bigint>`s.deferred_minor - earned.passed` })
    .whereRef('s.payment_id', '=', 'earned.payment_id')
    .execute()

/** One posting for the page, and the day's report by provider, plan and currency. */
async function book(
  em: EntityManager,
  sales: readonly Passed[],
  { day, at }: { readonly day: Date; readonly at: Date },
): Promise<void> {
  const lines = new Map<string, RecognizedLine>()
  const sums = new Map<Currency, bigint>()
  for (const { provider, plan_id: planId, currency, passed } of sales) {
    const key = JSON.stringify([provider, planId, currency])
    lines.set(key, { provider, planId, currency, minor: (lines.get(key)?.minor ?? 0n) + passed })
    sums.set(currency, (sums.get(currency) ?? 0n) + passed)
  }
  const entries = [...sums].flatMap(([currency, minor]) => recognitionPosting(money(minor, currency)))
  await writePosting(em, { paymentId: null, at, posting: { key: `recognized:${newId('posting')}`, entries } })
  await recordRecognized(em, day, [...lines.values()])
}
