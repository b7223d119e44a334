/** SQL: removes an access `a`; one whose endpoint was never asked is settled by that. `$2` = now. */
export const removeAccess = `removed_at = $2, attempts = 0, next_attempt_at = $2,
  desired_revision = a.desired_revision + 1, applied_revision = case when a.asked_at is null then a.desired_revision + 1 else a.applied_revision end`
