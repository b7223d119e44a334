import type { PgBoss } from 'pg-boss'

/**
 * Has pg-boss work on the connections of `pool`, which stays open when pg-boss stops, beside the one on which it listens.
 * It knows no option for this: a `db` of one's own cannot listen. It makes its pool in `open`, which its start passes
 * over where it is open already.
 */
export function sharePool(boss: PgBoss, pool: object): void {
  Object.assign(boss.getDb(), { pool, opened: true, close: async () => {} })
}
