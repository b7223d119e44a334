import type { Transitions } from '../state/transitions.ts'

export const ticketStates = ['open', 'in_progress', 'waiting', 'closed'] as const
/** `waiting`: the ball is with the customer. */
export type TicketState = (typeof ticketStates)[number]

export const ticketTransitions: Transitions<TicketState> = {
  open: ['in_progress', 'waiting', 'closed'],
  in_progress: ['open', 'waiting', 'closed'],
  waiting: ['open', 'in_progress', 'closed'],
  closed: ['open'],
}

export const ticketPriorities = ['low', 'normal', 'high'] as const
export type TicketPriority = (typeof ticketPriorities)[number]

export const messageAuthors = ['customer', 'agent', 'note'] as const
export type MessageAuthor = (typeof messageAuthors)[number]
