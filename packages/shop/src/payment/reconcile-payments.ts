import { anyOf, type EntityManager, sql, toJson } from '@vpn-kiosk/db'
import {
  addDays,
  type Currency,
  isBefore,
  judgeDifference,
  type ListedPayment,
  type ListsPayments,
  listsPayments,
  type Money,
  newId,
  type PaymentId,
  type PaymentProvider,
  type ProviderId,
  ProviderRefused,
  ProviderUnclear,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { BookRefundDeps } from '../refund/book-refund.ts'
import { recordRefund } from '../refund/record-refund.ts'
import { recall, remember, type SettingKey } from '../setting/remember.ts'
import { bookLateCharges } from './book-late-charges.ts'
import { bookListedFee } from './book-listed-fee.ts'
import { bookedColumns, bookedOf } from './booked-columns.ts'
import { confirmDifference } from './confirm-difference.ts'
import { completeSince, findMissing } from './find-missing.ts'
import { matchPayment } from './match-payment.ts'
import { recordRefusal } from './record-refusal.ts'

type CompareDeps = BookRefundDeps & Pick<ShopDeps, 'providers'>

/** Each comparison begins so long before the last one: what was open at the provider then may have been paid since. */
const overlapDays = 4
/** No further back, whatever a clock that was wrong has written down. */
const mostDays = 366

/**
 * Holds the books against the lists of the providers that have one. What is paid there and not here is settled, what was
 * given back there is noted, a fee that the books lack is booked, and money that no payment of ours asked for is looked
 * into; what is paid here and otherwise there, or not at all, is asked about once more, and is then a case for staff.
 * Returns how many differed. Begins at the last comparison that came to its end, which a restored backup knows as it was:
 * what was paid since is found.
 */
export async function reconcilePayments(deps: CompareDeps): Promise<number> {
  let differences = 0
  for (const provider of deps.providers.values()) {
    if (!listsPayments(provider)) continue
    try {
      differences += await reconcileProvider(deps, provider)
    } catch (error) {
      // One provider that is down does not keep the others from being compared; its turn comes tomorrow.
      if (error instanceof ProviderRefused) await recordRefusal(deps, provider.id, error.message)
      else if (error instanceof ProviderUnclear)
        await recordRefusal(deps, provider.id, `${error.message}: ${error.excerpt}`)
      else if (!(error instanceof ProviderUnreachable)) throw error
    }
  }
  return differences
}

async function reconcileProvider(deps: CompareDeps, provider: PaymentProvider & ListsPayments): Promise<number> {
  const listedAt = deps.clock.now()
  const since = await readSince(deps, provider.id, listedAt)
  const missingSince = completeSince(since, listedAt)
  const listed = new Set<PaymentId>()
  const doubtful = new Set<PaymentId>()
  let differences = 0
  for await (const page of provider.listPayments(since)) {
    const compared = await comparePage(deps, provider, page)
    differences += compared.differences
    for (const { id, createdAt } of compared.ours) if (!isBefore(createdAt, missingSince)) listed.add(id)
    for (const id of compared.doubtful) if (doubtful.size < mostAsked) doubtful.add(id)
  }
  if (provider.lists === 'payments') {
    const wish = { provider: provider.id, since: missingSince, listedAt, listed, most: mostAsked }
    for (const id of await findMissing(deps, wish)) doubtful.add(id)
  }
  differences += await confirmDoubtful(deps, provider, doubtful)
  await remember(deps, keyOf(provider.id), { at: listedAt.toISOString() })
  return differences
}

/** Of what its list has otherwise, and of what it lacks, a provider is asked about so many in a night: the rest tomorrow. */
const mostAsked = 100

/** A payment of which the provider says nothing clear does not keep the others from being asked about. */
async function confirmDoubtful(
  deps: CompareDeps,
  provider: PaymentProvider,
  doubtful: ReadonlySet<PaymentId>,
): Promise<number> {
  let differences = 0
  for (const id of doubtful) {
    try {
      if (await confirmDifference(deps, provider, id)) differences += 1
    } catch (error) {
      if (error instanceof ProviderUnreachable) break
      if (!(error instanceof ProviderRefused || error instanceof ProviderUnclear)) throw error
    }
  }
  return differences
}

const keyOf = (provider: ProviderId): SettingKey => `compared:${provider}`

/** A comparison that is said to have been made in the future was not. */
async function readSince(deps: CompareDeps, provider: ProviderId, now: Date): Promise<Date> {
  const compared = await recall<{ readonly at?: string }>(deps, keyOf(provider))
  const last = new Date(compared?.at ?? now)
  const from = isBefore(last, now) ? last : now
  const earliest = addDays(now, -mostDays)
  return isBefore(from, earliest) ? earliest : addDays(from, -overlapDays)
}

interface ComparedPage {
  /** How many were paid there and not here, or more than here. */
  readonly differences: number
  readonly ours: readonly { readonly id: PaymentId; readonly createdAt: Date }[]
  /** Settled payments of which the list says something else than the books. */
  readonly doubtful: readonly PaymentId[]
}

async function comparePage(
  deps: CompareDeps,
  provider: PaymentProvider & ListsPayments,
  page: readonly ListedPayment[],
): Promise<ComparedPage> {
  const known = await findListed(deps, provider.id, page)
  const doubtful: PaymentId[] = []
  let differences = 0
  for (const listed of page) {
    const ours = known.get(listed.reference)
    if (ours && listed.refunded) await recordRefund(deps, ours.id, listed.refunded)
    const isDoubtful = ours !== undefined && provider.lists === 'payments' && differs(ours, listed)
    if (ours && !isDoubtful && listed.fee && listed.fee.minor > 0n && !isBooked(ours.fees, listed.fee))
      await bookListedFee(deps, { paymentId: ours.id, provider: provider.id, fee: listed.fee })
    if (ours && provider.lists === 'charges' && (await bookLateCharges(deps, ours.id))) differences += 1
    if (ours && isSettled(ours)) {
      if (isDoubtful) doubtful.push(ours.id)
      continue
    }
    differences += 1
    await deps.db.transaction((em) => settleListed(deps, em, provider, listed))
  }
  const ours = [...known.values()].map(({ id, created_at: createdAt }) => ({ id, createdAt }))
  return { differences, ours, doubtful }
}

const isSettled = ({ state }: OurPayment): boolean => state === 'paid' || state === 'mismatch' || state === 'refunded'

/** As far as the page tells; also where a difference that was noted is gone. */
function differs(ours: OurPayment, listed: ListedPayment): boolean {
  const booked = ours.state === 'mismatch' ? null : bookedOf(ours)
  return booked !== null && (judgeDifference(booked, listed).kind !== 'same' || ours.difference !== null)
}

const isBooked = (fees: OurPayment['fees'], fee: Money): boolean =>
  fees.some(({ currency, minor }) => currency === fee.currency && BigInt(minor) === fee.minor)

type OurPayment = Awaited<ReturnType<typeof findListed>> extends Map<unknown, infer Payment> ? Payment : never

/** The payments of a page that are the shop's, by their references. */
async function findListed({ db }: CompareDeps, provider: ProviderId, page: readonly ListedPayment[]) {
  const rows = await db
    .getKysely()
    .selectFrom('payments')
    .select(['id', 'reference', 'state', 'created_at', 'difference', ...bookedColumns])
    .select(
      sql<{ currency: Currency; minor: string }[]>`coalesce((
        select json_agg(json_build_object('currency', f.currency, 'minor', f.minor)) from (
          select e.currency, sum(e.amount_minor)::text as minor from ledger_postings l
          join ledger_entries e on e.posting_id = l.id
          where l.payment_id = payments.id and e.account = 'fees' group by e.currency) f), '[]')`.as('fees'),
    )
    .where('provider', '=', provider)
    .where('reference', '=', anyOf(page.map(({ reference }) => reference)))
    .execute()
  return new Map(rows.map((row) => [row.reference, row]))
}

/** Settles what belongs to a payment of ours; anything else goes the way of a webhook that fits none. */
async function settleListed(
  deps: CompareDeps,
  em: EntityManager,
  provider: PaymentProvider,
  { reference, paymentId }: ListedPayment,
): Promise<void> {
  const now = deps.clock.now()
  const transaction = em.getTransactionContext()
  const found = await matchPayment(em, { provider: provider.id, reference, paymentId }, now)
  if (found) return deps.queue.enqueue('settle-payment', { paymentId: found }, { transaction, key: found })
  const webhook = await em
    .getKysely()
    .insertInto('payment_webhooks')
    .values({
      id: newId('webhook'),
      provider: provider.id,
      key: `listed:${reference}`,
      reference,
      summary: toJson({ event: 'listed' }),
      received_at: now,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (webhook) await deps.queue.enqueue('inspect-webhook', { webhookId: webhook.id }, { transaction, key: webhook.id })
}
