import { addDays, type Clock } from '@vpn-kiosk/domain'

interface Stored {
  readonly fingerprint: string
  readonly result: unknown
  readonly until: Date
}

type IdempotentOutcome = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'other-body' }

/** Within 24 h the same key gives the first call's stored result; a refused call stores none. */
export type RunOnce = (key: string, request: unknown, run: () => unknown) => IdempotentOutcome

export function createIdempotence(clock: Clock): RunOnce {
  const stored = new Map<string, Stored>()
  return (key, request, run) => {
    const fingerprint = JSON.stringify(request)
    const earlier = stored.get(key)
    if (earlier && earlier.until > clock.now()) {
      return earlier.fingerprint === fingerprint ? { kind: 'done', result: earlier.result } : { kind: 'other-body' }
    }
    const result = run()
    stored.set(key, { fingerprint, result, until: addDays(clock.now(), 1) })
    return { kind: 'done', result }
  }
}
