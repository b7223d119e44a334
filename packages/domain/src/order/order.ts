import type { Transitions } from '../state/transitions.ts'

/** An order is a wish to buy; its payments are the attempts to pay for it. */
export const orderStates = ['open', 'paid', 'expired'] as const
export type OrderState = (typeof orderStates)[number]

/** Money that comes late is still honoured, so `expired` leads to `paid`. */
export const orderTransitions: Transitions<OrderState> = {
  open: ['paid', 'expired'],
  expired: ['paid'],
  paid: [],
}

/**
 * `plan`: time. `top_up`: money on the customer's balance; where it names a plan, that is bought from the balance as soon
 * as it is there. `gift`: time for somebody else, who activates it by a link. `addon`: more devices or
 * traffic for the stretch that runs.
 */
export const orderKinds = ['plan', 'top_up', 'gift', 'addon'] as const
export type OrderKind = (typeof orderKinds)[number]
