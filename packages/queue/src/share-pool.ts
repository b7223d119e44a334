import type { PgBoss } from 'pg-boss'

/**
 * Makes pg-boss use the connections of `pool`, which stays open when pg-boss stops; pg-boss opens one more connection
 * for LISTEN. pg-boss has no option for this: with its `db` option pg-boss cannot listen. So the pool is set before
 * pg-boss starts, and pg-boss then opens none of its own.
 */
export function sharePool(boss: PgBoss, pool: object): void {
  Object.assign(boss.getDb(), { pool, opened: true, close: async () => {} })
}
