import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { recall, remember } from '../setting/remember.ts'

const key = 'check:redis'
/** One missed answer is no outage. */
const missesUntilTold = 2

interface Watched {
  readonly misses: number
}

/** Notes whether Redis has answered. Staff are told once that it is away, and once that it is back. */
export async function recordRedis(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>, hasAnswered: boolean): Promise<void> {
  await deps.db.transaction(async (em) => {
    const { misses: before } = (await recall<Watched>(deps, key, em)) ?? { misses: 0 }
    const misses = hasAnswered ? 0 : Math.min(before + 1, missesUntilTold)
    if (misses === before) return
    const now = deps.clock.now()
    if (misses === missesUntilTold) await notifyStaff(deps, em, { kind: 'redis_down' }, now)
    if (hasAnswered && before === missesUntilTold) await notifyStaff(deps, em, { kind: 'redis_up' }, now)
    await remember(deps, key, { misses }, em)
  })
}
