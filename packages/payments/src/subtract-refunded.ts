import { asWritten, isReadable, moneyToDecimal, type Received, subtractMoney } from '@vpn-kiosk/domain'

/** What a payment brought less what was given back of it; as both were written where that is no plain difference. */
export function subtractRefunded(paid: Received, refunded: Received | null): Received {
  if (refunded === null) return paid
  const [left, back] = [paid, refunded]
  const isPlain = isReadable(left) && isReadable(back) && left.currency === back.currency && back.minor <= left.minor
  return isPlain ? subtractMoney(left, back) : asWritten(`${writeReceived(paid)} - ${writeReceived(refunded)}`)
}

/** `5.00 EUR`, or what the provider wrote. */
export const writeReceived = (received: Received): string =>
  isReadable(received) ? `${moneyToDecimal(received)} ${received.currency}` : received.raw

/** Amounts of one currency as their sum, others side by side as they were written; null when there are none. */
export function sumReceived(amounts: readonly Received[]): Received | null {
  const [first] = amounts
  if (first === undefined) return null
  const { currency } = isReadable(first) ? first : { currency: null }
  const addable = amounts.filter(isReadable).filter((amount) => amount.currency === currency)
  if (currency === null || addable.length < amounts.length) return asWritten(amounts.map(writeReceived).join(' + '))
  return { minor: addable.reduce((sum, { minor }) => sum + minor, 0n), currency }
}
