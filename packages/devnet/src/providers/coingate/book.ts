import { addMs, type Clock, hourMs, minuteMs, money, moneyFromDecimal, moneyToDecimal } from '@vpn-kiosk/domain'
import { createInvoiceShelf } from '../create-invoice-shelf.ts'
import type { InvoiceBook, SimulatedInvoice, Sum } from '../invoice-book.ts'
import type { Webhook } from '../webhook-sender.ts'
import { type Coin, coins, coinsOf, printCoins } from './coins.ts'

type Status = 'new' | 'pending' | 'paid' | 'invalid' | 'expired' | 'canceled' | 'refunded' | 'partially_refunded'

interface Refund {
  readonly id: number
  /** In the price's currency. */
  readonly amount: string
}

export interface CoingateOrder {
  readonly reference: string
  readonly createdAt: Date
  readonly asked: Sum
  readonly orderId: string
  readonly title: string
  readonly description: string
  readonly receiveCurrency: string
  readonly callbackUrl: string | null
  readonly returnUrl: string
  readonly token: string
  readonly pageUrl: string
  readonly refunds: Refund[]
  expiresAt: Date
  status: Status
  coin: Coin | null
  /** In the coin's smallest units. */
  received: bigint
  paidAt: Date | null
}

export type NewCoingateOrder = Pick<
  CoingateOrder,
  'asked' | 'orderId' | 'title' | 'description' | 'receiveCurrency' | 'callbackUrl' | 'returnUrl' | 'token'
>

export interface CoingateBook extends InvoiceBook {
  open(order: NewCoingateOrder): CoingateOrder
  findOrder(reference: string): CoingateOrder | null
  orders(): CoingateOrder[]
  choose(reference: string, choice: string): void
  /** Gives back a part, in the price's currency, or all of it. */
  refund(reference: string, amount?: string): void
}

export interface CoingateBookDeps {
  readonly clock: Clock
  readonly pageUrl: (reference: string) => string
  readonly callbackFormat: 'form' | 'json'
}

/** An order waits two hours for the choice of a coin, and twenty minutes for that coin. */
const choiceMs = 2 * hourMs
const paymentMs = 20 * minuteMs

export function createCoingateBook({ clock, pageUrl, callbackFormat }: CoingateBookDeps): CoingateBook {
  const shelf = createInvoiceShelf<CoingateOrder>(clock)
  const counters = { order: 528_000, refund: 0 }
  const end = (reference: string, status: Status) => void Object.assign(shelf.close(reference), { status })
  const choose = (reference: string, choice: string) => {
    const order = shelf.get(reference)
    if (order.status !== 'new') throw new Error(`invoice ${reference} no longer waits for a choice`)
    const coin = coins.find(({ symbol }) => symbol === choice)
    if (!coin) throw new Error(`there is no coin ${choice}`)
    Object.assign(order, { status: 'pending', coin, expiresAt: addMs(clock.now(), paymentMs) })
  }
  return {
    open: (asked) => {
      counters.order += 1
      const order = openOrder(String(counters.order), clock.now(), pageUrl, asked)
      shelf.add(order)
      return order
    },
    findOrder: shelf.find,
    orders: shelf.all,
    choose,
    pay: (reference, { amount }) => {
      const order = shelf.get(reference)
      if (order.status === 'new') choose(reference, coins[0].symbol)
      if (order.status !== 'pending' || !order.coin) throw new Error(`invoice ${reference} no longer waits for money`)
      order.received += coinsOf(amount ?? order.asked.value, order.coin)
      // Too little goes on waiting until the order expires.
      if (order.received < coinsOf(order.asked.value, order.coin)) return
      Object.assign(shelf.close(reference), { status: 'paid', paidAt: clock.now() })
    },
    fail: (reference, reason) => end(reference, reason === 'invalid' ? 'invalid' : 'canceled'),
    expire: (reference) => end(reference, 'expired'),
    expireDue: () =>
      shelf.due().map(({ reference }) => {
        end(reference, 'expired')
        return reference
      }),
    refund: (reference, amount) => {
      const order = shelf.get(reference)
      counters.refund += 1
      order.refunds.push({ id: counters.refund, amount: amount ?? order.asked.value })
      order.status = amount === undefined ? 'refunded' : 'partially_refunded'
    },
    find: (reference) => {
      const order = shelf.find(reference)
      return order && toInvoice(order)
    },
    list: () => shelf.all().map(toInvoice),
    webhook: (reference) => {
      const order = shelf.get(reference)
      return order.status === 'new' ? null : describeCallback(order, callbackFormat)
    },
  }
}

function openOrder(
  reference: string,
  now: Date,
  pageUrl: (reference: string) => string,
  asked: NewCoingateOrder,
): CoingateOrder {
  return {
    ...asked,
    reference,
    createdAt: now,
    expiresAt: addMs(now, choiceMs),
    pageUrl: pageUrl(reference),
    refunds: [],
    status: 'new',
    coin: null,
    received: 0n,
    paidAt: null,
  }
}

function toInvoice(order: CoingateOrder): SimulatedInvoice {
  const { reference, asked, description, returnUrl, createdAt, expiresAt, orderId, status, coin, received } = order
  const isOpen = status === 'new' || status === 'pending'
  const value = coin && received > 0n ? moneyToDecimal(money(received / coin.perHundredth, 'EUR')) : null
  return {
    reference,
    paymentId: orderId || null,
    asked,
    received: value === null ? null : { value, currency: asked.currency },
    description,
    returnUrl,
    status: isOpen ? 'pending' : order.paidAt ? 'paid' : 'canceled',
    createdAt,
    expiresAt,
  }
}

/** CoinGate does not repeat a callback that was answered so. */
const givesUpOn = [301, 302, 401, 403]

function describeCallback(order: CoingateOrder, format: 'form' | 'json'): Webhook {
  const url = order.callbackUrl ? { url: order.callbackUrl } : {}
  const { fees, ...fields } = describeCommon(order)
  if (format === 'json') {
    const headers = { 'content-type': 'application/json' }
    return { body: JSON.stringify({ ...fields, fees }), headers, givesUpOn, ...url }
  }
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value))
  for (const { type, amount, currency } of fees) {
    form.append('fees[][type]', type)
    form.append('fees[][amount]', amount)
    form.append('fees[][currency][symbol]', currency.symbol)
  }
  return { body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, givesUpOn, ...url }
}

/** The Order object of API v2. */
export function describeOrder(order: CoingateOrder): Record<string, unknown> {
  return {
    ...describeCommon(order),
    title: order.title,
    do_not_convert: order.receiveCurrency === 'DO_NOT_CONVERT',
    lightning_network: false,
    payment_url: order.pageUrl,
    refunds: order.refunds.map(({ id, amount }) => ({
      id,
      request_amount: printPrice(amount),
      request_currency: { symbol: order.asked.currency },
      refund_amount: order.coin ? printCoins(coinsOf(amount, order.coin), order.coin) : '0',
      refund_currency: { symbol: order.coin?.symbol ?? '' },
      status: 'completed',
    })),
    voids: [],
    blockchain_transactions:
      order.coin && order.received > 0n
        ? [{ id: 1, amount: printCoins(order.received, order.coin), currency: { symbol: order.coin.symbol } }]
        : [],
  }
}

/** What an order and its callback have in common. */
function describeCommon(order: CoingateOrder) {
  const { asked, coin, received } = order
  const payAmount = coin ? coinsOf(asked.value, coin) : 0n
  const print = (units: bigint) => (coin && units > 0n ? printCoins(units, coin) : '0')
  return {
    id: Number(order.reference),
    order_id: order.orderId,
    status: order.status,
    price_amount: printPrice(asked.value),
    price_currency: asked.currency,
    receive_currency: order.receiveCurrency,
    receive_amount: order.paidAt ? print(payAmount) : '0',
    ...(coin && {
      pay_amount: print(payAmount),
      pay_currency: coin.symbol,
      expire_at: order.expiresAt.toISOString(),
      payment_address: `simulated-${order.reference}`,
    }),
    underpaid_amount: print(payAmount - received),
    overpaid_amount: coin ? print(received - payAmount) : '0',
    is_refundable: received > 0n && received !== payAmount,
    created_at: order.createdAt.toISOString(),
    ...(order.paidAt && { paid_at: order.paidAt.toISOString() }),
    token: order.token,
    fees: describeFees(order),
  }
}

/** One per cent of the price, in what the account gets. */
function describeFees({ paidAt, asked, coin, receiveCurrency }: CoingateOrder) {
  if (!paidAt || !coin) return []
  const { minor } = moneyFromDecimal(asked.value, 'EUR')
  const isInPrice = receiveCurrency === asked.currency
  const amount = isInPrice
    ? moneyToDecimal(money(minor / 100n, 'EUR'))
    : printCoins((minor * coin.perHundredth) / 100n, coin)
  return [{ type: 'processing_fee', amount, currency: { symbol: isInPrice ? asked.currency : coin.symbol } }]
}

/** `299.00` is printed `299.0`. */
const printPrice = (value: string): string => value.replace(/(\.\d)0$/, '$1')
