import { sql } from '@vpn-kiosk/db'

/** Columns of an access that is to be applied (again). Counted up by the database: of two wishes at once neither is lost. */
export const wishedAt = <T>(now: T) => ({
  desired_revision: sql<number>`desired_revision + 1`,
  attempts: 0,
  next_attempt_at: now,
})

/** Columns of an access that is to go; one whose endpoint was never asked is settled by that. */
export const removedAt = <T>(now: T) => ({
  ...wishedAt(now),
  removed_at: now,
  applied_revision: sql<number>`case when asked_at is null then desired_revision + 1 else applied_revision end`,
})
