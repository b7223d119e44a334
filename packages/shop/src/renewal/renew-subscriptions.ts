import type { CustomerId, RenewalSource } from '@vpn-kiosk/domain'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { readStarCharges } from './read-star-charges.ts'
import { takeRenewalStep } from './take-renewal-step.ts'

/** More wait for the next run. */
const page = 500

/**
 * Takes the step of every auto-renewal that is due, each in a transaction of its own: one that breaks does not stop the
 * others, and is met again by the next run. Throws the first failure once all were tried. Returns how many steps were taken.
 */
export async function renewSubscriptions(deps: SettlePaymentDeps): Promise<number> {
  let taken = 0
  let failure: { readonly error: unknown } | null = null
  const due = await listDue(deps)
  const areStarsRead = !due.some(({ source }) => source === 'stars') || (await readStarCharges(deps))
  for (const { customerId, source } of due) {
    if (source === 'stars' && !areStarsRead) continue
    try {
      if ((await takeRenewalStep(deps, customerId)) !== 'nothing') taken += 1
    } catch (error) {
      failure ??= { error }
    }
  }
  if (failure) throw failure.error
  return taken
}

interface Due {
  readonly customerId: CustomerId
  readonly source: RenewalSource
}

async function listDue({ db, clock }: SettlePaymentDeps): Promise<Due[]> {
  return db
    .getKysely()
    .selectFrom('renewals as r')
    .innerJoin('subscriptions as s', 's.id', 'r.subscription_id')
    .select(['s.customer_id as customerId', 'r.source'])
    .where('r.next_at', '<=', clock.now())
    .orderBy('r.next_at')
    .limit(page)
    .execute()
}
