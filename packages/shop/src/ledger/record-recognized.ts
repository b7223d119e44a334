import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { Currency, PlanId, ProviderId } from '@vpn-kiosk/domain'

/** Revenue of one day by what earned it. */
export interface RecognizedLine {
  readonly provider: ProviderId
  readonly planId: PlanId
  readonly currency: Currency
  readonly minor: bigint
}

/** Adds to the report of a day (its start in the shop's time zone) what the caller's transaction books as revenue. */
export async function recordRecognized(em: EntityManager, day: Date, lines: readonly RecognizedLine[]): Promise<void> {
  if (lines.length === 0) return
  await em
    .getKysely()
    .insertInto('recognized_revenue')
    .values(
      lines.map(({ provider, planId, currency, minor }) => ({
        day,
        provider,
        plan_id: planId,
        currency,
        amount_minor: minor,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'provider', 'plan_id', 'currency'])
        .doUpdateSet({ amount_minor: sql<bigint>`recognized_revenue.amount_minor + excluded.amount_minor` }),
    )
    .execute()
}
