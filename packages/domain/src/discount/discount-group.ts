import { isPercentOff } from './discount.ts'

/** Customers of whom each has so much off whatever they buy, by staff's choice. */
export interface DiscountGroup {
  /** Kept in buttons: short. */
  readonly id: string
  readonly name: string
  readonly percent: number
}

export const mostGroups = 20
const longestName = 30

export const isDiscountGroup = ({ id, name, percent }: DiscountGroup): boolean =>
  /^[0-9a-z]{6}$/.test(id) && name.trim() !== '' && name.length <= longestName && isPercentOff(percent)
