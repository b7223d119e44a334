/** One Bot API request as the simulator saw it. */
export interface CallRecord {
  readonly method: string
  /** The bot's username. */
  readonly bot: string
  readonly chat: number | null
  /** By the simulator's clock. */
  readonly at: Date
  /** The status that was answered; 0 where the connection was reset. */
  readonly status: number
  /** The refusal's text. */
  readonly error: string | null
}

/** The newest calls of bots in a ring of fixed size, and counters that never forget. */
export class CallLog {
  readonly #ring: CallRecord[] = []
  readonly #retain: number
  readonly #counts = new Map<string, number>()
  readonly #listeners = new Set<(call: CallRecord) => void>()
  #next = 0

  constructor(retain: number) {
    this.#retain = retain
  }

  add(call: CallRecord): void {
    this.#counts.set(call.method, (this.#counts.get(call.method) ?? 0) + 1)
    // Polls would push everything worth reading out of the ring.
    if (call.method !== 'getUpdates') {
      this.#ring[this.#next] = call
      this.#next = (this.#next + 1) % this.#retain
    }
    for (const listener of this.#listeners) listener(call)
  }

  /** Oldest first; without getUpdates. */
  list(): CallRecord[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
  }

  /** How often a method was called since the start, getUpdates included. */
  count(method: string): number {
    return this.#counts.get(method) ?? 0
  }

  /** Calls `listener` after each method call; returns a function that ends it. */
  onCall(listener: (call: CallRecord) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
