import { setTimeout as wait } from 'node:timers/promises'
import { ProviderBusy, ProviderUnreachable } from '@vpn-kiosk/domain'

/** Pauses between attempts, in ms; their number bounds the repeats. A customer is waiting, so they are short. */
export const defaultRetryDelaysMs: readonly number[] = [250, 1000]

/** A wish for a longer pause than this is passed on to the caller instead of being waited out. */
const longestPauseMs = 3000

/**
 * Runs `attempt` again while its outcome is unknown. Only for calls whose repeat is harmless: reads, writes under an
 * idempotence key, or an attempt that looks for the earlier one's result first.
 */
export async function repeatUnknown<T>(delaysMs: readonly number[], attempt: () => Promise<T>): Promise<T> {
  for (const delayMs of delaysMs) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ProviderUnreachable)) throw error
      const wishedMs = error instanceof ProviderBusy ? (error.retryAfterMs ?? 0) : 0
      if (wishedMs > longestPauseMs) throw error
      await wait(Math.max(delayMs, wishedMs))
    }
  }
  return await attempt()
}
