/** One thing that a person sees happening in a chat. `seq` grows over the whole simulator. */
export interface Change<M> {
  readonly seq: number
  readonly kind: 'sent' | 'edited' | 'deleted'
  readonly message: M
}

/** The messages of one chat and the log of what happened to them; both keep only the newest `retain` messages. */
export class History<M extends { readonly id: number }> {
  readonly #messages = new Map<number, M>()
  readonly #retain: number
  readonly #nextSeq: () => number
  #changes: Change<M>[] = []
  #oldestId = 1
  #nextId = 1
  #waiters = new Set<() => void>()

  /** `nextSeq` is called once a change. */
  constructor(retain: number, nextSeq: () => number) {
    this.#retain = retain
    this.#nextSeq = nextSeq
  }

  get newestId(): number {
    return this.#nextId - 1
  }

  get lastSeq(): number {
    return this.#changes.at(-1)?.seq ?? 0
  }

  takeId(): number {
    return this.#nextId++
  }

  get(id: number): M | undefined {
    return this.#messages.get(id)
  }

  add(message: M): void {
    this.#messages.set(message.id, message)
    // Ids are dense, so the oldest are found by counting: no scan, however long the chat lives.
    while (this.#messages.size > this.#retain) this.#messages.delete(this.#oldestId++)
    this.#log('sent', message)
  }

  replace(message: M): void {
    this.#messages.set(message.id, message)
    this.#log('edited', message)
  }

  remove(id: number): void {
    const message = this.#messages.get(id)
    if (!message) return
    this.#messages.delete(id)
    this.#log('deleted', message)
  }

  all(): IterableIterator<M> {
    return this.#messages.values()
  }

  /** From the newest message to the oldest that is kept. */
  *newestFirst(): Generator<M> {
    for (let id = this.newestId; id >= this.#oldestId; id--) {
      const message = this.#messages.get(id)
      if (message) yield message
    }
  }

  /** Changes after `seq`, oldest first. */
  changesSince(seq: number): readonly Change<M>[] {
    let start = this.#changes.length
    while (start > 0 && this.#changes[start - 1]!.seq > seq) start--
    return this.#changes.slice(start)
  }

  /** Calls `wake` once, at the next change. Returns a function that forgets the wish. */
  onNextChange(wake: () => void): () => void {
    this.#waiters.add(wake)
    return () => this.#waiters.delete(wake)
  }

  #log(kind: Change<M>['kind'], message: M): void {
    this.#changes.push({ seq: this.#nextSeq(), kind, message })
    if (this.#changes.length > this.#retain * 2 + 32) this.#changes = this.#changes.slice(-this.#retain - 16)
    if (this.#waiters.size === 0) return
    const waiters = this.#waiters
    this.#waiters = new Set()
    for (const wake of waiters) wake()
  }
}
