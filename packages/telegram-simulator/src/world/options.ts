import type { Clock } from '../clock.ts'

export interface WorldOptions {
  readonly clock: Clock
  /** How many messages each chat keeps; older ones are forgotten by bots' methods and people alike. */
  readonly retainMessagesPerChat: number
  /** How many method calls the call log keeps. */
  readonly retainCalls: number
  /** How many bytes of uploaded files are kept. */
  readonly retainFileBytes: number
  /** First pause between webhook attempts. */
  readonly webhookRetryMs: number
  /** 0 ≤ value < 1, decides about faults that have a probability. */
  readonly random: () => number
}

export const defaultWorldOptions = {
  retainMessagesPerChat: 1_000,
  retainCalls: 10_000,
  retainFileBytes: 256 * 1024 * 1024,
  webhookRetryMs: 1_000,
  random: Math.random,
}
