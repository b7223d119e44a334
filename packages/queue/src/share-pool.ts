import type { PgBoss } from 'pg-boss'

/**
 * Lets pg-boss use the connections of `pool`, which stays open when pg-boss stops; pg-boss keeps one connection of its
 * own for LISTEN. pg-boss has no option for this: with a `db` option it cannot listen. So its pool is set before its
 * start, which then does not open another.
 */
export function sharePool(boss: PgBoss, pool: object): void {
  Object.assign(boss.getDb(), { pool, opened: true, close: async () => {} })
}
