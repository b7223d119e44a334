import { addMs, isBefore } from '../time/time.ts'

/** When a party is no longer asked, and for how long. */
export interface CircuitLimits {
  /** So many failures in a row open the circuit. */
  readonly failures: number
  /** The first rest; each that follows without a success between is twice as long. */
  readonly restMs: number
  readonly longestRestMs: number
}

/** How one outside party (a provider, a panel, a host) has answered lately. A value: every change returns a new one. */
export interface Circuit {
  /** Failures since the last success. */
  readonly failures: number
  /** Rests since the last success. */
  readonly rests: number
  readonly restsUntil: Date | null
  /**
   * When the rest began. A clock that shows an earlier time was set back, and the rest is over. Null where the time is
   * not known.
   */
  readonly restsFrom: Date | null
  /** One call is out to find whether the party is back; no other goes with it. Counts until then. */
  readonly triedUntil: Date | null
}

export const closedCircuit: Circuit = { failures: 0, rests: 0, restsUntil: null, restsFrom: null, triedUntil: null }

const wasSetBack = ({ restsFrom }: Circuit, now: Date): boolean => restsFrom !== null && isBefore(now, restsFrom)

/**
 * `ask`: as usual. `try`: the rest is over, and this one call tells whether the party is back (mark it with
 * `startAttempt`). `rest`: do not ask.
 */
export type CircuitAdvice = 'ask' | 'try' | 'rest'

export function adviseCircuit(circuit: Circuit, now: Date): CircuitAdvice {
  const { restsUntil, triedUntil } = circuit
  if (restsUntil === null || wasSetBack(circuit, now)) return 'ask'
  if (isBefore(now, restsUntil)) return 'rest'
  return triedUntil !== null && isBefore(now, triedUntil) ? 'rest' : 'try'
}

/** Remembers that the one test call is under way; after `timeoutMs` without an outcome another may be made. */
export const startAttempt = (circuit: Circuit, now: Date, timeoutMs: number): Circuit => ({
  ...circuit,
  triedUntil: addMs(now, timeoutMs),
})

export const afterSuccess = (): Circuit => closedCircuit

export function afterFailure(circuit: Circuit, limits: CircuitLimits, now: Date): Circuit {
  const failures = circuit.failures + 1
  const isResting = circuit.restsUntil !== null && isBefore(now, circuit.restsUntil) && !wasSetBack(circuit, now)
  // Calls that were out when the circuit opened fail one by one: they are the same outage, not further ones.
  if (isResting || failures < limits.failures) return { ...circuit, failures }
  const restMs = Math.min(limits.restMs * 2 ** Math.min(circuit.rests, 30), limits.longestRestMs)
  return { failures, rests: circuit.rests + 1, restsUntil: addMs(now, restMs), restsFrom: now, triedUntil: null }
}
