import type { Transitions } from '../state/transitions.ts'

export const broadcastStates = ['draft', 'running', 'canceled', 'done'] as const
export type BroadcastState = (typeof broadcastStates)[number]

export const broadcastTransitions: Transitions<BroadcastState> = {
  draft: ['running', 'canceled'],
  running: ['done', 'canceled'],
  done: [],
  canceled: [],
}

/**
 * One person of a broadcast. `sending` is stored before Telegram is asked: after a crash it stays so and is
 * never repeated, because a message twice is worse than one person missed.
 */
export const recipientStates = ['queued', 'sending', 'sent', 'unreachable', 'failed'] as const
export type RecipientState = (typeof recipientStates)[number]

export interface BroadcastProgress {
  readonly total: number
  readonly sent: number
  readonly unreachable: number
  readonly failed: number
  readonly queued: number
  /** Interrupted between asking and hearing; not repeated. */
  readonly unknown: number
}
