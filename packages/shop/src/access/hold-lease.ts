import { type Given, prepared } from '@vpn-kiosk/db'
import { type AccessId, addMs, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** How long an access stays taken after a crash: about as long as the queue takes to notice that its worker died. */
export const leaseMs = 20_000
/** A lease that ends later than this was taken while the clock was far ahead; clocks of two machines differ by less. */
export const strangeLeaseMs = 10 * minuteMs
const renewEveryMs = 5_000
/** Ten minutes: a driver that never ends keeps its access no longer. */
const mostRenewals = 120

export interface Lease {
  readonly id: AccessId
  leasedUntil: Date
}

const renewLease = prepared((db, { id, held, until }: Given<{ id: AccessId; held: Date; until: Date }>) =>
  db
    .updateTable('accesses')
    .set({ leased_until: until })
    .where('id', '=', id)
    .where('leased_until', '=', held)
    .returning('id'),
)

/** Renews the lease while `work` waits for its endpoint, however slow that is. A renewal that fails is no renewal. */
export async function holdLease<T>(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  lease: Lease,
  work: () => Promise<T>,
): Promise<T> {
  let renewing = Promise.resolve()
  let left = mostRenewals
  const renew = async (): Promise<void> => {
    const until = addMs(clock.now(), leaseMs)
    const kept = await renewLease(db, { id: lease.id, held: lease.leasedUntil, until })
    if (kept.length > 0) lease.leasedUntil = until
  }
  const timer = setInterval(() => {
    if (left-- > 0) renewing = renewing.then(renew).catch(() => {})
  }, renewEveryMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    // Whoever writes down the outcome must know the lease as it stands.
    await renewing
  }
}
