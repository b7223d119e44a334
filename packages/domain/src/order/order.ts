import type { Transitions } from '../state/transitions.ts'

/** An order is a wish to buy; its payments are the attempts to pay for it. */
export const orderStates = ['open', 'paid', 'expired', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

/** Money that comes late is still honoured, so `expired` and `cancelled` lead to `paid`. */
export const orderTransitions: Transitions<OrderState> = {
  open: ['paid', 'expired', 'cancelled'],
  expired: ['paid'],
  cancelled: ['paid'],
  paid: [],
}
