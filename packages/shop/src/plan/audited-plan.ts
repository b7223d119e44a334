import { moneyToDecimal } from '@vpn-kiosk/domain'
import type { PlanValues } from './plan-draft.ts'

/** A plan as the audit log keeps it: JSON knows no bigint. */
export const auditedPlan = ({
  priceMinor,
  otherPrices,
  trafficLimitBytes,
  ...rest
}: PlanValues): Record<string, unknown> => ({
  ...rest,
  priceMinor: priceMinor.toString(),
  otherPrices: otherPrices.map((price) => `${moneyToDecimal(price)} ${price.currency}`),
  trafficLimitBytes: trafficLimitBytes?.toString() ?? null,
})
