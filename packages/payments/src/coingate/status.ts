import type { CancelReason, Money, ProviderStatus, Received } from '@vpn-kiosk/domain'
import { asWritten, isReadable, readReceived } from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, instantOf, textOf } from '../loose-text.ts'
import { subtractRefunded, sumReceived, writeReceived } from '../subtract-refunded.ts'
import { type OrderObject, readPaymentId } from './invoice-object.ts'

/** Why an order of these states brought nothing. `invalid`: the network or the money-laundering check said no. */
const endings: Readonly<Record<string, CancelReason>> = { expired: 'expired', invalid: 'declined', canceled: 'unknown' }

/**
 * An order's state in our words. A word that nobody knows counts as pending, and is said.
 *
 * What came is said in the payer's coin, and only the price in money: nothing of a coin is ever converted here.
 * `paid`: the price. Of a payment of less than its coins, and of money for an order that ended otherwise, what came as it
 * is written, for a human. Beyond the price: a surplus as it is written, for which nobody has to wait.
 */
export function readStatus(order: OrderObject): ProviderStatus {
  const status = textOf(order.status)
  switch (status) {
    case 'new':
    case 'pending':
    case 'confirming':
      return { kind: 'pending' }
    case 'paid':
    case 'refunded':
    case 'partially_refunded':
      return readPaid(order, readCame(order, status))
    case 'invalid':
    case 'expired':
    case 'canceled':
      if (hasCome(order)) return readPaid(order, asWritten(`${writeCoins(order)}, ${status}`))
      return { kind: 'canceled', reason: endings[status] ?? 'unknown' }
    default:
      return { kind: 'pending', unknownWord: excerptOf(status) || '(nothing)' }
  }
}

function readPaid(order: OrderObject, came: Received): ProviderStatus {
  const refunded = readRefunded(order, came)
  const fee = readFee(order)
  const beyond = `${textOf(order.overpaid_amount)} ${textOf(order.pay_currency)}`
  const isOver = isReadable(came) && isSome(order.overpaid_amount)
  const isInDoubt = isOver && refunded !== null && order.status !== 'refunded'
  return {
    kind: 'paid',
    received: order.status === 'refunded' ? nothingOf(order) : subtractRefunded(came, isInDoubt ? null : refunded),
    paidAt: instantOf(order.paid_at),
    paymentId: readPaymentId(order),
    ...(isOver && { surplus: asWritten(beyond) }),
    // Perhaps only the surplus went back, which takes nothing from what was bought: a human knows.
    ...(refunded && { refunded: isInDoubt ? asWritten(`${writeReceived(refunded)}, ${beyond} overpaid`) : refunded }),
    ...(fee && { fee }),
  }
}

const readPrice = (order: OrderObject): Received =>
  readReceived(textOf(order.price_amount), textOf(order.price_currency))

/** Nothing is left, whatever came. */
const nothingOf = (order: OrderObject): Received => subtractRefunded(readPrice(order), readPrice(order))

const readCame = (order: OrderObject, status: string): Received =>
  isInPart(order) ? asWritten(`${writeCoins(order)}, ${status}`) : readPrice(order)

/** Whether anything came for an order that says nothing of being paid. */
const hasCome = (order: OrderObject): boolean =>
  isInPart(order) ||
  isSome(order.overpaid_amount) ||
  textOf(order.is_refundable) === 'true' ||
  listOf(order.blockchain_transactions).length > 0

/**
 * Some of the coins are missing, and not all. The whole `pay_amount` is missing in two cases: nothing came, and a paid
 * order whose coins CoinGate did not count, as in its own examples.
 */
const isInPart = (order: OrderObject): boolean =>
  isSome(order.underpaid_amount) && withoutZeros(order.underpaid_amount) !== withoutZeros(order.pay_amount)

/** `5.6 - 1.2 USDT`: the coins that were asked, less those that are missing, and those beyond. */
function writeCoins({ pay_amount, underpaid_amount, overpaid_amount, pay_currency }: OrderObject): string {
  const missing = isSome(underpaid_amount) ? ` - ${textOf(underpaid_amount)}` : ''
  const beyond = isSome(overpaid_amount) ? ` + ${textOf(overpaid_amount)}` : ''
  return `${textOf(pay_amount)}${missing}${beyond} ${textOf(pay_currency)}`
}

const isSome = (amount: unknown): boolean => !['', '0'].includes(withoutZeros(amount))

/** `0.10` and `0.1` are one amount; so are `0.0` and `0`. */
const withoutZeros = (amount: unknown): string =>
  textOf(amount)
    .slice(0, 60)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')

/** All of it, or the refunds that are completed: in the price's currency where they name it, else in the coin that went. */
function readRefunded(order: OrderObject, came: Received): Received | null {
  if (order.status === 'refunded') return came
  const refunds = listOf(order.refunds)
    .filter((refund) => fieldOf(refund, 'status') === 'completed')
    .map((refund) => readPart(refund, 'request') ?? readPart(refund, 'refund') ?? asWritten(''))
  return sumReceived(refunds) ?? (order.status === 'partially_refunded' ? asWritten(order.status) : null)
}

function readPart(refund: unknown, of: 'request' | 'refund'): Received | null {
  const symbol = fieldOf(fieldOf(refund, `${of}_currency`), 'symbol')
  return typeof symbol === 'string' ? readReceived(textOf(fieldOf(refund, `${of}_amount`)), symbol) : null
}

/** The fees, where all are in the currency of the price. */
function readFee(order: OrderObject): Money | null {
  const fee = sumReceived(
    listOf(order.fees).map((part) =>
      readReceived(textOf(fieldOf(part, 'amount')), textOf(fieldOf(fieldOf(part, 'currency'), 'symbol'))),
    ),
  )
  return fee && isReadable(fee) && fee.currency === order.price_currency ? fee : null
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
