import { type AddonKind, addonKinds, type Currency, type Money } from '@vpn-kiosk/domain'
import { readWrittenPrice, readWrittenPrices, type WrittenPrice } from '../plan/plan-draft.ts'

/** An add-on as somebody on the staff writes it. */
export interface AddonDraft {
  readonly kind: AddonKind
  /** Devices, or whole gibibytes. */
  readonly amount: number
  /** Decimal text: `99`, `99.50`. */
  readonly price: string
  readonly currency: Currency
  /** In further currencies, each of them once. */
  readonly otherPrices: readonly WrittenPrice[]
}

/** What is wrong with a draft; `field` names it. */
export interface InvalidAddon {
  readonly kind: 'invalid_addon'
  readonly field: 'amount' | 'price' | 'otherPrices'
}

/** The most that one add-on gives. */
const mostAmount: Readonly<Record<AddonKind, number>> = { devices: 20, traffic: 10_000 }

/** Checks a draft that came from outside. Money is never rounded. */
export function checkAddon(
  draft: AddonDraft,
): InvalidAddon | { readonly price: Money; readonly otherPrices: readonly Money[] } {
  const { kind, amount } = draft
  const price = readWrittenPrice(draft, false)
  const otherPrices = readWrittenPrices(draft)
  const isCount = addonKinds.includes(kind) && Number.isInteger(amount) && amount >= 1 && amount <= mostAmount[kind]
  if (!isCount) return { kind: 'invalid_addon', field: 'amount' }
  if (!price) return { kind: 'invalid_addon', field: 'price' }
  return otherPrices ? { price, otherPrices } : { kind: 'invalid_addon', field: 'otherPrices' }
}
