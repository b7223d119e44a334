import type { Transitions } from '../state/transitions.ts'

export const ticketStates = ['open', 'waiting', 'closed'] as const
/** `waiting`: the ball is with the customer. */
export type TicketState = (typeof ticketStates)[number]

export const ticketTransitions: Transitions<TicketState> = {
  open: ['waiting', 'closed'],
  waiting: ['open', 'closed'],
  closed: ['open'],
}

export const messageAuthors = ['customer', 'agent', 'note'] as const
export type MessageAuthor = (typeof messageAuthors)[number]
