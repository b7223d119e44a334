import type { PlanValues } from './plan-draft.ts'

/** A plan as the audit log keeps it: JSON knows no bigint. */
export const auditedPlan = ({ priceMinor, trafficLimitBytes, ...rest }: PlanValues): Record<string, unknown> => ({
  ...rest,
  priceMinor: priceMinor.toString(),
  trafficLimitBytes: trafficLimitBytes?.toString() ?? null,
})
