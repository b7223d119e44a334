import { type EntityManager, ProviderHealthEntity, type ProviderHealthRow, sql } from '@vpn-kiosk/db'
import {
  addMs,
  type Currency,
  cutText,
  isBefore,
  type MethodId,
  minuteMs,
  type PaymentProvider,
  type ProviderAccount,
  ProviderBusy,
  type ProviderId,
  readMethodId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { recall, remember, type SettingKey } from '../setting/remember.ts'
import { type KeptMethods, listMethodIds, readMethods, settingsOf } from './read-methods.ts'
import { readOutOfOrder } from './read-out-of-order.ts'
import { warnOfKeyEnd } from './warn-of-key-end.ts'

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'providers'>

/** So many probes in a row without any answer hide a provider from customers. */
const failuresUntilHidden = 3
/** Another process has just asked. */
const freshForMs = minuteMs

const watchKey = 'check:methods' satisfies SettingKey

/** `busy`: it lives, and says nothing of itself. */
type Outcome =
  | { readonly kind: 'well'; readonly account: ProviderAccount }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly said: string }

/**
 * Asks every provider whether it works. One that fails several times in a row, and answers nothing else meanwhile, is
 * hidden from customers until it is well; staff hear of both, at once when nothing is left to pay with, and ahead of the end of a key.
 */
export async function probeProviders(deps: Deps): Promise<void> {
  const outcomes = await Promise.all(
    [...deps.providers.values()].map(async (provider) => [provider.id, await probe(provider)] as const),
  )
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    await sql`select pg_advisory_xact_lock(hashtext(${watchKey}))`.execute(em.getKysely())
    const rows = await em.find(ProviderHealthEntity, {})
    const kept = await readMethods(deps, em)
    const offered = new Set(listOffered(deps, kept).map((id) => readMethodId(id).provider))
    for (const [provider, outcome] of outcomes) {
      const before = rows.find((row) => row.provider === provider) ?? null
      if (isJustAsked(before, now)) continue
      await record(deps, em, { provider, before, outcome, isOffered: offered.has(provider) }, now)
      if (outcome.kind === 'well') await warnOfKeyEnd(deps, em, provider, outcome.account.keyExpiresAt)
    }
    await watchMethods(deps, em, kept, now)
  })
}

/** Whatever a provider throws is a fact about it alone. */
async function probe(provider: PaymentProvider): Promise<Outcome> {
  try {
    return { kind: 'well', account: await provider.probe() }
  } catch (error) {
    if (error instanceof ProviderBusy) return { kind: 'busy' }
    return { kind: 'failed', said: cutText(error instanceof Error ? error.message : 'it failed', 300) }
  }
}

const isJustAsked = (row: ProviderHealthRow | null, now: Date): boolean =>
  row?.probedAt != null && !isBefore(now, row.probedAt) && isBefore(now, addMs(row.probedAt, freshForMs))

interface Probed {
  readonly provider: ProviderId
  readonly before: ProviderHealthRow | null
  readonly outcome: Outcome
  /** Of one that is switched off nobody need hear. */
  readonly isOffered: boolean
}

async function record(deps: Deps, em: EntityManager, probed: Probed, now: Date): Promise<void> {
  const { provider, before, outcome, isOffered } = probed
  if (outcome.kind === 'busy') return
  const { probedAt = null, answeredAt = null, hiddenAt = null } = before ?? {}
  const hasAnswered = answeredAt !== null && (probedAt === null || !isBefore(answeredAt, probedAt))
  const isWell = outcome.kind === 'well' || hasAnswered
  const failures = isWell ? 0 : (before?.failures ?? 0) + 1
  const isHidden = !isWell && (hiddenAt !== null || failures >= failuresUntilHidden)
  const said = outcome.kind === 'failed' ? outcome.said : null
  if (isOffered && isHidden !== (hiddenAt !== null)) {
    const alert = isHidden
      ? ({ kind: 'provider_down', provider, reason: said ?? '' } as const)
      : ({ kind: 'provider_up', provider } as const)
    await notifyStaff(deps, em, alert, now)
  }
  const changed = {
    failures,
    said,
    methods: outcome.kind === 'well' ? (outcome.account.methods ?? null) : (before?.methods ?? null),
    needsReceipts: outcome.kind === 'well' ? outcome.account.needsReceipts : (before?.needsReceipts ?? null),
    probedAt: now,
    hiddenAt: isHidden ? (hiddenAt ?? now) : null,
  }
  await em.upsert(ProviderHealthEntity, { provider, ...changed }, { onConflictMergeFields: keysOf(changed) })
}

const keysOf = <T extends object>(values: T) => Object.keys(values) as (keyof T & string)[]

const listOffered = ({ providers }: Deps, kept: KeptMethods): MethodId[] =>
  listMethodIds(kept, providers).filter((id) => settingsOf(kept, id, providers).isOffered)

/** In which something is on sale: who collects none of them sells nothing, however well it works. */
async function readSoldCurrencies(em: EntityManager): Promise<ReadonlySet<Currency>> {
  const db = em.getKysely()
  const own = db.selectFrom('plans').select('currency').where('is_active', '=', true).where('is_trial', '=', false)
  const others = db
    .selectFrom('plan_prices as o')
    .innerJoin('plans as p', 'p.id', 'o.plan_id')
    .select('o.currency')
    .where('p.is_active', '=', true)
    .where('p.is_trial', '=', false)
  const rows = await own.union(others).execute()
  return new Set(rows.map(({ currency }) => currency))
}

/** Says once that customers can pay with nothing, and once that they can again. */
async function watchMethods(deps: Deps, em: EntityManager, kept: KeptMethods, now: Date): Promise<void> {
  const sold = await readSoldCurrencies(em)
  const isSelling = (id: MethodId): boolean =>
    deps.providers.get(readMethodId(id).provider)?.currencies.some((currency) => sold.has(currency)) ?? false
  const offered = listOffered(deps, kept).filter(isSelling)
  const isOut = offered.length > 0 && offered.every(await readOutOfOrder(em))
  const before = (await recall<{ readonly isOut: boolean }>(deps, watchKey, em)) ?? { isOut: false }
  if (isOut === before.isOut) return
  await notifyStaff(deps, em, { kind: isOut ? 'nobody_can_pay' : 'payment_again' }, now)
  await remember(deps, watchKey, { isOut }, em)
}
