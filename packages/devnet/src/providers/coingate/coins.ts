import { moneyFromDecimal } from '@vpn-kiosk/domain'

export interface Coin {
  readonly symbol: string
  readonly digits: number
  /** How many of its smallest units a cent buys: one dollar or euro a USDT, 50,000 a BTC. */
  readonly perHundredth: bigint
}

export const coins = [
  { symbol: 'USDT', digits: 6, perHundredth: 10_000n },
  { symbol: 'BTC', digits: 8, perHundredth: 20n },
] as const satisfies readonly Coin[]

/** A price in the coin's smallest units. */
export const coinsOf = (price: string, { perHundredth }: Coin): bigint =>
  moneyFromDecimal(price, 'EUR').minor * perHundredth

/** `5600000` of USDT → `5.6`. */
export function printCoins(units: bigint, { digits }: Coin): string {
  const text = units.toString().padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/0+$/, '').replace(/\.$/, '')
}
