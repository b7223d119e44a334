import { anyOf, type EntityManager, toJson } from '@vpn-kiosk/db'
import {
  addDays,
  isBefore,
  type ListedPayment,
  listsPayments,
  newId,
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
import { matchPayment } from './match-payment.ts'
import { recordRefusal } from './record-refusal.ts'

type CompareDeps = BookRefundDeps & Pick<ShopDeps, 'providers'>

/** So far behind the last comparison each one begins: what was open at the provider then may have been paid since. */
const overlapDays = 4
/** No further back, whatever a clock that was wrong has written down. */
const mostDays = 366

/**
 * Holds the books against the lists of the providers that have one. What is paid there and not here is settled, what was
 * given back there is noted, a fee that the books lack is booked, and money that no payment of ours asked for is looked into; returns how many differed. Begins
 * at the last comparison that came to its end, which a restored backup knows as it was: what was paid since is found.
 */
export async function reconcilePayments(deps: CompareDeps): Promise<number> {
  let differences = 0
  for (const provider of deps.providers.values()) {
    if (!listsPayments(provider)) continue
    const startedAt = deps.clock.now()
    try {
      for await (const page of provider.listPayments(await readSince(deps, provider.id, startedAt)))
        differences += await comparePage(deps, provider, page)
      await remember(deps, keyOf(provider.id), { at: startedAt.toISOString() })
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

const keyOf = (provider: ProviderId): SettingKey => `compared:${provider}`

/** A comparison that is said to have been made in the future was not. */
async function readSince(deps: CompareDeps, provider: ProviderId, now: Date): Promise<Date> {
  const compared = await recall<{ readonly at?: string }>(deps, keyOf(provider))
  const last = new Date(compared?.at ?? now)
  const from = isBefore(last, now) ? last : now
  const earliest = addDays(now, -mostDays)
  return isBefore(from, earliest) ? earliest : addDays(from, -overlapDays)
}

async function comparePage(
  deps: CompareDeps,
  provider: PaymentProvider,
  page: readonly ListedPayment[],
): Promise<number> {
  const references = page.map(({ reference }) => reference)
  const rows = await deps.db
    .getKysely()
    .selectFrom('payments')
    .select((eb) => [
      'id',
      'reference',
      'state',
      eb
        .exists(
          eb
            .selectFrom('ledger_postings as l')
            .innerJoin('ledger_entries as e', 'e.posting_id', 'l.id')
            .select('e.id')
            .whereRef('l.payment_id', '=', 'payments.id')
            .where('e.account', '=', 'fees'),
        )
        .as('hasFee'),
    ])
    .where('provider', '=', provider.id)
    .where('reference', '=', anyOf(references))
    .execute()
  const known = new Map(rows.map((row) => [row.reference, row]))
  let differences = 0
  for (const listed of page) {
    const ours = known.get(listed.reference)
    if (ours && listed.refunded) await recordRefund(deps, ours.id, listed.refunded)
    if (ours && !ours.hasFee && listed.fee && listed.fee.minor > 0n)
      await bookListedFee(deps, { paymentId: ours.id, provider: provider.id, fee: listed.fee })
    if (ours && provider.id === 'stars' && (await bookLateCharges(deps, ours.id))) differences += 1
    if (ours && (ours.state === 'paid' || ours.state === 'mismatch' || ours.state === 'refunded')) continue
    differences += 1
    await deps.db.transaction((em) => settleListed(deps, em, provider, listed))
  }
  return differences
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
