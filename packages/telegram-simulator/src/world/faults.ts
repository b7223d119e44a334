/** What goes wrong. `reset` cuts the connection *after* the method has done its work. */
export type FaultEffect =
  | { readonly kind: 'flood'; readonly retryAfter: number }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'deactivated' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'migrated'; readonly toChat: number }
  | { readonly kind: 'server-error' }
  | { readonly kind: 'bad-gateway' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'slow'; readonly delayMs: number }

/** A fault and when it strikes; what is left out matches everything. */
export interface Fault {
  readonly effect: FaultEffect
  /** Case-insensitive; `*` or absent = every method but getUpdates. */
  readonly method?: string | undefined
  /** A bot's username. */
  readonly bot?: string | undefined
  readonly chat?: number | undefined
  /** Strikes this many times and is gone. */
  readonly count?: number | undefined
  /** 0–1, default 1. */
  readonly probability?: number | undefined
}

export interface ActiveFault extends Fault {
  readonly id: number
  readonly struck: number
}

interface CallFacts {
  readonly method: string
  readonly bot: string
  readonly chat: number | null
}

/** The faults that are switched on. */
export class Faults {
  readonly #random: () => number
  #active: { id: number; fault: Fault; struck: number }[] = []
  #count = 0

  constructor(random: () => number) {
    this.#random = random
  }

  /** Returns the id by which the fault is switched off. */
  add(fault: Fault): number {
    this.#active.push({ id: ++this.#count, fault, struck: 0 })
    return this.#count
  }

  /** Without an id, all of them. */
  clear(id?: number): void {
    this.#active = id === undefined ? [] : this.#active.filter((active) => active.id !== id)
  }

  list(): ActiveFault[] {
    return this.#active.map(({ id, fault, struck }) => ({ ...fault, id, struck }))
  }

  /** The first fault that strikes this call. */
  take(call: CallFacts): FaultEffect | null {
    if (this.#active.length === 0) return null
    const struck = this.#active.find(({ fault }) => matches(fault, call) && this.#random() < (fault.probability ?? 1))
    if (!struck) return null
    struck.struck++
    if (struck.fault.count !== undefined && struck.struck >= struck.fault.count) this.clear(struck.id)
    return struck.fault.effect
  }
}

function matches(fault: Fault, call: CallFacts): boolean {
  const method = call.method.toLowerCase()
  const named = fault.method?.toLowerCase() ?? '*'
  if (named === '*' ? method === 'getupdates' : named !== method) return false
  if (fault.bot !== undefined && fault.bot.replace('@', '').toLowerCase() !== call.bot.toLowerCase()) return false
  return fault.chat === undefined || fault.chat === call.chat
}
