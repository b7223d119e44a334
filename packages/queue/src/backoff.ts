/** pg-boss: a job that fails is tried again after 1 s, 2 s, 4 s … 10 min, for about a week. */
export const backoff = { retryLimit: 1000, retryDelay: 1, retryBackoff: true, retryDelayMax: 600 } as const

/** pg-boss: a job that fails is over; a sweep or the next turn of the schedule does its work. */
export const noRetry = { retryLimit: 0 } as const
