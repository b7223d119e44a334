import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError } from './config-error.ts'

const pauseMs = 1_000
const remindMs = 60_000

export interface WaitOptions {
  /** Ends the waiting with the signal's reason. */
  signal: AbortSignal
  logger: { info(message: string): void; warn(fields: object, message: string): void }
  /** Which failures are waited out; all where absent. */
  isWaitedFor?: (error: unknown) => boolean
  /** Default: a real pause. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * Calls `probe` each second until it succeeds, and returns its result: a process waits for a dependency that is down
 * instead of crashing. Logs the reason at once and then each minute. A ConfigError is thrown.
 *
 * @param name what is waited for, as it continues "Waiting for …"
 */
export async function waitFor<T>(name: string, probe: () => Promise<T>, options: WaitOptions): Promise<T> {
  const { signal, logger, isWaitedFor = () => true, pause = realPause } = options
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    signal.throwIfAborted()
    try {
      const result = await probe()
      if (waitedMs > 0) logger.info(`${name} is there`)
      return result
    } catch (error) {
      if (error instanceof ConfigError || signal.aborted || !isWaitedFor(error)) throw error
      if (waitedMs % remindMs === 0) logger.warn({ reason: reasonOf(error) }, `Waiting for ${name}`)
    }
    await pause(pauseMs, signal)
  }
}

function reasonOf(error: unknown): string {
  // Node leaves the message of an AggregateError (every address of a host refused) empty.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}

async function realPause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal })
}
