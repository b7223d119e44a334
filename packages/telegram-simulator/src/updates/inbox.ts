import type { Clock } from '../clock.ts'
import { conflict } from '../world/bot-api-error.ts'
import type { UpdateKind, WireUpdate } from '../world/wire.ts'

/** An update that its bot has not confirmed yet. */
export interface Pending {
  readonly id: number
  readonly kind: UpdateKind
  readonly body: WireUpdate[UpdateKind]
  /** Updates of one lane are delivered to a webhook one after another. */
  readonly lane: string
  readonly expiresAtMs: number
}

export interface PollRequest {
  readonly offset: number
  readonly limit: number
  readonly timeoutS: number
}

interface Poller {
  answer(): void
  fail(error: Error): void
}

/** Kinds that a bot gets only when it names them. */
const mutedByDefault: ReadonlySet<UpdateKind> = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
/** Queries are useless to a bot that reads them late. */
const shortLived: ReadonlySet<UpdateKind> = new Set(['callback_query', 'pre_checkout_query', 'shipping_query'])
const queryLifeMs = 150_000
const updateLifeMs = 24 * 3_600_000
const conflictPauseMs = 3_000

/**
 * The updates of one bot, in order, until they are confirmed. Ids are consecutive, so an update is found by subtraction.
 * Read either by one long poll at a time or by a webhook sender that listens.
 */
export class Inbox {
  readonly #clock: Clock
  #slots: (Pending | undefined)[] = []
  #head = 0
  #firstId: number
  #size = 0
  #poller: Poller | null = null
  #isWaking = false
  #nextConflictAtMs = 0
  #listener: ((pending: Pending) => void) | null = null
  /** `[]` means all but the muted ones. */
  allowed: readonly UpdateKind[] = []

  /** Ids start at the present in seconds: a simulator that is started again doesn't repeat ids that a bot may have stored. */
  constructor(clock: Clock) {
    this.#clock = clock
    this.#firstId = Math.floor(clock.now().getTime() / 1000)
  }

  get size(): number {
    return this.#size
  }

  push<Kind extends UpdateKind>(kind: Kind, body: NonNullable<WireUpdate[Kind]>, lane: string): void {
    if (!this.#isAllowed(kind)) return
    const lifeMs = shortLived.has(kind) ? queryLifeMs : updateLifeMs
    const expiresAtMs = this.#clock.now().getTime() + lifeMs
    const pending = { id: this.#firstId + this.#slots.length, kind, body, lane, expiresAtMs }
    this.#slots.push(pending)
    this.#size++
    if (this.#listener) this.#listener(pending)
    else this.#wakePoller()
  }

  /** Waits up to the poll's time-out for updates. A later poll ends an earlier one with 409. */
  poll(request: PollRequest, onClose: (closed: () => void) => void): Promise<readonly Pending[]> {
    this.endPoll('terminated by other getUpdates request; make sure that only one bot instance is running')
    this.#confirm(request.offset)
    const ready = this.#peek(request.limit)
    if (ready.length > 0 || request.timeoutS <= 0) return Promise.resolve(ready)
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer)
        if (this.#poller === poller) this.#poller = null
      }
      const poller: Poller = {
        answer: () => {
          leave()
          resolve(this.#peek(request.limit))
        },
        fail: (error) => {
          leave()
          reject(error)
        },
      }
      const timer = setTimeout(() => poller.answer(), request.timeoutS * 1000)
      this.#poller = poller
      onClose(leave)
    })
  }

  /** Ends the waiting poll with 409; repeated conflicts are answered 3 s apart, as upstream. */
  endPoll(reason: string): void {
    const poller = this.#poller
    if (!poller) return
    this.#poller = null
    const nowMs = performance.now()
    const waitMs = Math.max(0, this.#nextConflictAtMs - nowMs)
    this.#nextConflictAtMs = nowMs + waitMs + conflictPauseMs
    if (waitMs === 0) poller.fail(conflict(reason))
    else setTimeout(() => poller.fail(conflict(reason)), waitMs).unref()
  }

  /** Hands every pending and every later update to `listener`; null gives them back to long polling. */
  listen(listener: ((pending: Pending) => void) | null): void {
    this.#listener = listener
    if (listener) for (const pending of this.#peek(Number.POSITIVE_INFINITY)) listener(pending)
  }

  /** Forgets one delivered update. */
  remove(id: number): void {
    const index = id - this.#firstId
    if (!this.#slots[index]) return
    this.#slots[index] = undefined
    this.#size--
    this.#advanceHead()
  }

  clear(): void {
    this.#dropBelow(this.#firstId + this.#slots.length)
  }

  isExpired(pending: Pending): boolean {
    return pending.expiresAtMs < this.#clock.now().getTime()
  }

  /** A positive offset confirms everything below it; a negative one keeps only that many of the newest. */
  #confirm(offset: number): void {
    if (offset > 0) this.#dropBelow(offset)
    else if (offset < 0) this.#dropBelow(this.#firstId + this.#slots.length + offset)
  }

  #dropBelow(id: number): void {
    const end = Math.min(id - this.#firstId, this.#slots.length)
    for (let index = this.#head; index < end; index++) {
      if (this.#slots[index]) this.#size--
      this.#slots[index] = undefined
    }
    this.#advanceHead()
  }

  #peek(limit: number): Pending[] {
    const found: Pending[] = []
    const expired: Pending[] = []
    for (let index = this.#head; index < this.#slots.length && found.length < limit; index++) {
      const pending = this.#slots[index]
      if (!pending) continue
      ;(this.isExpired(pending) ? expired : found).push(pending)
    }
    for (const { id } of expired) this.remove(id)
    return found
  }

  /** Skips what is gone and gives the memory back now and then, not at every update. */
  #advanceHead(): void {
    while (this.#head < this.#slots.length && !this.#slots[this.#head]) this.#head++
    if (this.#head < 1024 || this.#head < this.#slots.length / 2) return
    this.#slots = this.#slots.slice(this.#head)
    this.#firstId += this.#head
    this.#head = 0
  }

  /** Answers the poller at the end of this turn of the event loop, so that a burst travels together. */
  #wakePoller(): void {
    if (!this.#poller || this.#isWaking) return
    this.#isWaking = true
    setImmediate(() => {
      this.#isWaking = false
      this.#poller?.answer()
    })
  }

  #isAllowed(kind: UpdateKind): boolean {
    return this.allowed.length === 0 ? !mutedByDefault.has(kind) : this.allowed.includes(kind)
  }
}

export const pendingToWire = ({ id, kind, body }: Pending): WireUpdate => ({ update_id: id, [kind]: body })
