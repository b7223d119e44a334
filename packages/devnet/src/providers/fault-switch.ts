/** What a simulated provider does instead of answering well. "After storing": the call has had its effect, the caller never learns. */
export type Fault =
  | 'error-500'
  | 'error-500-after-storing'
  | 'accepted-202'
  | 'html-502'
  | 'rate-limited'
  | 'silent'
  | 'silent-after-storing'
  | 'reset-after-storing'

interface FaultScope {
  /** How many calls it lasts; default 1. */
  readonly times?: number
  /** Only calls whose `METHOD /path` contains this, e.g. `POST /v3/payments` or `createInvoice`. */
  readonly on?: string
}

/** Breaks a provider on request. Faults are taken in the order in which they were ordered. */
export interface FaultSwitch {
  failNext(fault: Fault, scope?: FaultScope): void
  /** Down: every connection to the API is cut. */
  setDown(isDown: boolean): void
  /** Back to a provider that works. */
  clear(): void
  /** For the server: what happens to this call. */
  take(call: string): Fault | 'down' | null
}

export function createFaultSwitch(): FaultSwitch {
  let isDown = false
  let ordered: { readonly fault: Fault; readonly on: string; left: number }[] = []
  return {
    failNext: (fault, { times = 1, on = '' } = {}) => {
      ordered.push({ fault, on, left: times })
    },
    setDown: (down) => {
      isDown = down
    },
    clear: () => {
      isDown = false
      ordered = []
    },
    take: (call) => {
      if (isDown) return 'down'
      const order = ordered.find(({ on }) => call.includes(on))
      if (!order) return null
      order.left -= 1
      if (order.left <= 0) ordered = ordered.filter((other) => other !== order)
      return order.fault
    },
  }
}
