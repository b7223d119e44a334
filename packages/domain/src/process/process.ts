/** The processes of a shop that leave signs of life; the one that serves an embedded database is seen by the database itself. */
export const processNames = ['client', 'support', 'admin', 'web', 'jobs'] as const
export type ProcessName = (typeof processNames)[number]

/** A process says that it lives this often. */
export const signIntervalMs = 15_000

/** A process whose last sign is older than this is silent: three signs in a row are missing. */
export const silentAfterMs = 3 * signIntervalMs

/** `stopped` ended in order, `silent` without a word, `missing` never ran beside those that did. */
export type ProcessState = 'running' | 'stopped' | 'silent' | 'missing'

/** A disk that the shop writes to should have so much room; with less, staff are told. */
export const leastFreeBytes = 1_000_000_000
