import {
  addDays,
  addMs,
  type Clock,
  type Invoice,
  type InvoiceRequest,
  isBefore,
  isReadable,
  type ListedPayment,
  type Money,
  minuteMs,
  type ProviderReference,
  ProviderRefused,
  type ProviderStatus,
  ProviderUnclear,
  type RefundRequest,
  type RefundStatus,
} from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, instantOf, textOf } from '../loose-text.ts'
import type { Recent } from '../remember-recent.ts'
import { repeatUnknown } from '../repeat-unknown.ts'
import { subtractRefunded } from '../subtract-refunded.ts'
import { type WataClient, wataId } from './client.ts'
import {
  isPayment,
  isRefund,
  type Link,
  linkSchema,
  pageSchema,
  readLinks,
  readTransactions,
  referenceSchema,
  sumAmounts,
  type Transaction,
  toWataAmount,
  transactionSchema,
} from './invoice-object.ts'
import { readListed, readStatus } from './status.ts'

/** Wata lets one thing be asked about once in half a minute. */
const restMs = 30_000

interface Learnt<T> {
  readonly at: Date
  readonly value: T
}

/** Wata, and what this process remembers of its answers, so that nothing is asked about twice too soon. */
export interface Wata {
  readonly client: WataClient
  readonly clock: Clock
  readonly retryDelaysMs: readonly number[]
  /** Payments that a link was asked for. */
  readonly tried: Recent<true>
  readonly links: Recent<Learnt<Link>>
  /** `heard`: the webhooks about it until then. */
  readonly pending: Recent<Learnt<ProviderStatus & { kind: 'pending' }> & { readonly heard: number | undefined }>
  /** How many webhooks came about a link: an answer from before the last one is not given again. */
  readonly heard: Recent<number>
}

const isFresh = ({ clock }: Wata, { at }: Learnt<unknown>): boolean => isBefore(clock.now(), addMs(at, restMs))

/**
 * Opens a link under our payment id. Wata has no idempotence key: every attempt but the very first looks for the link of
 * an earlier one. Should two be made all the same, the money of both is found under the one payment id.
 */
export async function createInvoice(wata: Wata, request: InvoiceRequest): Promise<Invoice> {
  const { paymentId } = request
  const body = describeLink(wata.clock, request)
  return await repeatUnknown(wata.retryDelaysMs, async () => {
    const isFirst = request.isFirst === true && !wata.tried.recall(paymentId)
    wata.tried.keep(paymentId, true)
    const earlier = isFirst ? null : await findLink(wata, paymentId)
    const link = earlier ?? (await wata.client.post('/links', body, linkSchema))
    wata.links.keep(paymentId, { at: wata.clock.now(), value: link })
    return { reference: paymentId, url: assertPageUrl(wataId, textOf(link.url)) }
  })
}

/** A link lives for ten minutes at least; a little more, for our clock and theirs differ. */
const shortestLifeMs = 15 * minuteMs
const longestLifeDays = 30

function describeLink(
  { now }: Clock,
  { amount, description, paymentId, returnUrl, expiresAt }: InvoiceRequest,
): object {
  const soonest = addMs(now(), shortestLifeMs)
  const latest = addDays(now(), longestLifeDays)
  const ends = isBefore(expiresAt, soonest) ? soonest : isBefore(latest, expiresAt) ? latest : expiresAt
  return {
    type: 'OneTime',
    amount: toWataAmount(amount),
    currency: amount.currency,
    description: description.slice(0, 128),
    orderId: paymentId,
    successRedirectUrl: returnUrl,
    failRedirectUrl: returnUrl,
    expirationDateTime: ends.toISOString(),
  }
}

/** The link of that order id, the open one rather than a closed one; null when there is none any more. */
async function findLink(wata: Wata, reference: ProviderReference): Promise<Link | null> {
  const known = wata.links.recall(reference)
  if (known && isFresh(wata, known)) return known.value
  const { items } = await wata.client.get(`/links/?orderId=${reference}`, pageSchema)
  const ours = readLinks(items).filter(({ orderId }) => orderId === reference)
  const link = ours.find(({ status }) => status === 'Opened') ?? ours[0] ?? null
  if (link) wata.links.keep(reference, { at: wata.clock.now(), value: link })
  return link
}

/**
 * By the transactions of the link, which outlive it; where they decide nothing, by whether it still lives. A pending
 * answer is given again for half a minute, unless a webhook has told of something new.
 */
export async function fetchStatus(wata: Wata, reference: ProviderReference): Promise<ProviderStatus> {
  if (!referenceSchema.safeParse(reference).success) return { kind: 'unknown_invoice' }
  const known = wata.pending.recall(reference)
  const heard = wata.heard.recall(reference)
  const isNews = known?.heard !== heard
  if (known && !isNews && isFresh(wata, known)) return { ...known.value, askAgainAt: addMs(known.at, restMs) }
  const status = readStatus(reference, await listTransactions(wata, reference)) ?? (await readLink(wata, reference))
  if (status.kind === 'pending') wata.pending.keep(reference, { at: wata.clock.now(), heard, value: status })
  return status
}

const readLink = async (wata: Wata, reference: ProviderReference): Promise<ProviderStatus> =>
  (await findLink(wata, reference)) ? { kind: 'pending' } : { kind: 'unknown_invoice' }

/** All of one order. What the answer says of other orders, should Wata not filter, is not of this one. */
async function listTransactions({ client, retryDelaysMs }: Wata, reference: ProviderReference): Promise<Transaction[]> {
  const path = `/transactions/?orderId=${reference}&maxResultCount=100`
  const { items } = await repeatUnknown(retryDelaysMs, () => client.get(path, pageSchema))
  const ours = readTransactions(items).filter(({ orderId }) => orderId === reference)
  const strange = items.find((item) => typeof fieldOf(item, 'orderId') !== 'string')
  if (strange === undefined || ours.some(({ status }) => status === 'Paid')) return ours
  throw new ProviderUnclear('wata lists a transaction without its order', excerptOf(strange))
}

/**
 * Gives back, unless the refunds that Wata lists already come to this one: it has no idempotence key. The call is made
 * once; whoever repeats it finds what it did. Refused when the list differs from what the shop knows of.
 */
export async function refundPayment(wata: Wata, request: RefundRequest): Promise<RefundStatus> {
  const { reference, amount } = request
  const transactions = await listTransactions(wata, reference)
  const known = readRefunds(transactions, request)
  if (known) return known
  const payment = transactions.find((one) => covers(one, transactions, amount))
  if (!payment) throw new ProviderRefused('wata knows of no payment that this can be given back from')
  const body = { originalTransactionId: textOf(payment.id), amount: toWataAmount(amount) }
  return readRefund(await wata.client.post('/refunds', body, transactionSchema), request)
}

/** A payment of which so much is left. */
function covers(payment: Transaction, transactions: readonly Transaction[], amount: Money): boolean {
  const paid = isPayment(payment) && payment.status === 'Paid' ? sumAmounts([payment]) : null
  const refunds = transactions.filter((one) => isStandingRefund(one) && one.originalTransactionId === payment.id)
  const left = paid && subtractRefunded(paid, sumAmounts(refunds))
  return left !== null && isReadable(left) && left.currency === amount.currency && left.minor >= amount.minor
}

const isStandingRefund = (one: Transaction): boolean => isRefund(one) && one.status !== 'Declined'

/** How a refund stands: by its own transaction, or else by the sum of all. */
export async function fetchRefund(wata: Wata, request: RefundRequest, reference: string): Promise<RefundStatus> {
  const transactions = await listTransactions(wata, request.reference)
  const own = transactions.find((one) => isRefund(one) && one.id === reference)
  return own ? readRefund(own, request) : (readRefunds(transactions, request) ?? { kind: 'pending', reference })
}

function readRefund(refund: Transaction, { refundId }: RefundRequest): RefundStatus {
  if (refund.status === 'Declined') return { kind: 'failed', reason: excerptOf(textOf(refund.errorCode)) || 'declined' }
  return { kind: refund.status === 'Paid' ? 'done' : 'pending', reference: textOf(refund.id) || refundId }
}

function readRefunds(transactions: readonly Transaction[], request: RefundRequest): RefundStatus | null {
  const refunds = transactions.filter(isStandingRefund)
  const sum = sumAmounts(refunds) ?? { ...request.refundedBefore, minor: 0n }
  if (!isReadable(sum)) throw new ProviderUnclear('wata lists refunds that cannot be added', excerptOf(sum.raw))
  const before = request.refundedBefore.minor
  if (sum.minor === before) return null
  if (sum.minor !== before + request.amount.minor || sum.currency !== request.amount.currency)
    throw new ProviderRefused('wata lists other refunds of this payment than the shop knows of')
  const open = refunds.find(({ status }) => status !== 'Paid')
  return readRefund(open ?? refunds.at(-1) ?? {}, request)
}

const pageSize = 1000
/** A bound on what a list without an end could make of it. */
const mostPages = 1000

/**
 * Everything paid or given back since then. Throws at the end when something could not be read: it hides nothing else,
 * and is for a human.
 */
export async function* listPayments(wata: Wata, since: Date): AsyncGenerator<readonly ListedPayment[]> {
  const whole = new Set<string>()
  let strange: unknown
  for (let page = 0; page < mostPages; page += 1) {
    const path = `/transactions/?skipCount=${page * pageSize}&maxResultCount=${pageSize}`
    const { items } = await repeatUnknown(wata.retryDelaysMs, () => wata.client.get(path, pageSchema))
    strange ??= items.find((item) => !transactionSchema.safeParse(item).success)
    const transactions = readTransactions(items)
    yield await readOrders(
      wata,
      transactions.filter((one) => !isOld(one, since)),
      whole,
    )
    if (items.length < pageSize || isPast(transactions, since)) break
  }
  if (strange !== undefined) throw new ProviderUnclear('wata lists what is no transaction', excerptOf(strange))
}

/**
 * What came for each order. One with a refund is asked about as a whole, and once: its other transactions may be of any
 * time. A payment without an order id was made by hand in Wata's cabinet, and is none of the shop's.
 */
async function readOrders(wata: Wata, page: readonly Transaction[], whole: Set<string>): Promise<ListedPayment[]> {
  const found: ListedPayment[] = []
  for (const [reference, transactions] of Map.groupBy(page, ({ orderId }) => textOf(orderId))) {
    if (!referenceSchema.safeParse(reference).success || whole.has(reference)) continue
    const isWhole = transactions.some(isRefund)
    if (isWhole) whole.add(reference)
    const listed = readListed(reference, isWhole ? await listTransactions(wata, reference) : transactions)
    if (listed) found.push(listed)
  }
  return found
}

/** When it last moved: what was made before and paid since counts as recent. */
const isOld = ({ creationTime, paymentTime }: Transaction, since: Date): boolean =>
  isBefore(instantOf(paymentTime) ?? instantOf(creationTime) ?? since, since)

/** The list goes from new to old, and has come to what is older. */
function isPast(listed: readonly Transaction[], since: Date): boolean {
  const [first, last] = [listed[0], listed.at(-1)].map((one) => instantOf(one?.creationTime))
  return first != null && last != null && isBefore(last, first) && isBefore(last, since)
}
