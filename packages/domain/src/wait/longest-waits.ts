import { preparingAfterMs } from '../access/access.ts'
import type { BroadcastState, RecipientState } from '../broadcast/broadcast.ts'
import type { GiftState } from '../gift/gift.ts'
import type { OrderState } from '../order/order.ts'
import type { PaymentState } from '../payment/payment.ts'
import type { RefundState } from '../payment/refund.ts'
import type { TicketState } from '../ticket/ticket.ts'
import { dayMs, hourMs, minuteMs } from '../time/time.ts'

/** How long something may wait for somebody, and what follows. */
export interface LongestWait {
  /** Counted from `since`. */
  readonly atMostMs: number
  readonly since: string
  /** What happens when the wait is over. */
  readonly afterwards: string
  /** Who hears of the end. Nobody may be left out because the end is dull: an empty list is stated. */
  readonly told: readonly ('customer' | 'staff')[]
}

/** No attempt, check or message is put off so long. What seems to be was put off while the clock was ahead. */
export const longestPostponementMs = dayMs

/** States that wait for nobody: final ones, and those that only something new would move. All others are waits. */
type AtRest = {
  readonly payment: 'paid' | 'canceled' | 'expired' | 'refunded'
  readonly refund: 'done' | 'failed'
  readonly order: 'paid' | 'expired'
  readonly gift: 'activated' | 'returned' | 'refunded'
  readonly broadcast: 'draft' | 'canceled' | 'done'
  readonly recipient: 'sent' | 'unreachable' | 'failed'
  readonly ticket: 'closed'
}

type Waits<S extends string, Rest extends S = never> = Readonly<Record<Exclude<S, Rest>, LongestWait>>

/** An access has no state column: it waits while its applied revision is behind the desired one. */
export type AccessWait = 'behind' | 'removed'

/** A notification waits for the access that it announces (`held`), then for its bot (`queued`). */
export type NotificationWait = 'held' | 'queued'

/** A payment whose provider answers what nobody can act on by itself. */
export type PaymentTrouble = 'unclear' | 'refused' | 'unknown_invoice' | 'unreachable'

export const paymentWaits: Waits<PaymentState, AtRest['payment']> = {
  created: {
    atMostMs: dayMs,
    since: 'the end of the invoice that was asked for',
    afterwards: 'expires; money that comes later is still honoured',
    told: [],
  },
  pending: {
    atMostMs: dayMs,
    since: "the invoice's end",
    afterwards: 'expires, with what the provider last said; money that comes later is still honoured',
    told: ['customer'],
  },
  mismatch: {
    atMostMs: 10 * minuteMs,
    since: 'the money came',
    afterwards: 'staff decide: they accept it, or give it back',
    told: ['customer', 'staff'],
  },
}

export const refundWaits: Waits<RefundState, AtRest['refund']> = {
  requested: {
    atMostMs: dayMs,
    since: 'staff asked for it',
    afterwards: "fails as unanswered; the provider's own sum books it all the same, should it have been carried out",
    told: ['staff'],
  },
  pending: {
    atMostMs: 14 * dayMs,
    since: 'staff asked for it',
    afterwards: "fails as unfinished; the provider's own sum books it all the same, should it come",
    told: ['staff'],
  },
}

/** What a provider says about an open payment may wait this long for a better answer before a human reads it. */
export const paymentTroubleWaits: Waits<PaymentTrouble> = {
  unclear: {
    atMostMs: 10 * minuteMs,
    since: 'the first answer that could not be understood',
    afterwards: 'staff read it as it came; the payment is asked about until its own wait ends',
    told: ['staff'],
  },
  refused: {
    atMostMs: minuteMs,
    since: 'the refusal',
    afterwards: "staff read the provider's own sentence; the payment is asked about until its own wait ends",
    told: ['staff'],
  },
  unreachable: {
    atMostMs: dayMs,
    since: "the invoice's end",
    afterwards: 'expires as unanswered',
    told: ['customer', 'staff'],
  },
  unknown_invoice: {
    atMostMs: dayMs,
    since: "the invoice's end",
    afterwards: 'expires as forgotten by its provider',
    told: ['staff'],
  },
}

export const orderWaits: Waits<OrderState, AtRest['order']> = {
  open: {
    atMostMs: hourMs,
    since: 'the order was made',
    afterwards: 'expires; money that comes later is still honoured',
    told: [],
  },
}

export const giftWaits: Waits<GiftState, AtRest['gift']> = {
  waiting: {
    atMostMs: 90 * dayMs,
    since: 'it was paid',
    afterwards: "what was paid becomes the giver's balance; the giver hears of it a week before, and then",
    told: ['customer'],
  },
}

export const accessWaits: Waits<AccessWait> = {
  behind: {
    atMostMs: preparingAfterMs,
    since: 'the access was asked for',
    afterwards: 'is tried on, ever more rarely, until it is there',
    told: ['customer', 'staff'],
  },
  removed: {
    atMostMs: preparingAfterMs,
    since: 'the access was taken back',
    afterwards: 'is tried on, ever more rarely, until the endpoint agrees',
    told: ['staff'],
  },
}

export const notificationWaits: Waits<NotificationWait> = {
  held: {
    atMostMs: preparingAfterMs,
    since: 'it was written',
    afterwards: '"being prepared" is told instead, and itself once the access is there',
    told: ['customer', 'staff'],
  },
  queued: {
    atMostMs: hourMs,
    since: 'its job was queued',
    afterwards: 'is queued again, each hour; after three days it is given up',
    told: ['staff'],
  },
}

export const broadcastWaits: Waits<BroadcastState, AtRest['broadcast']> = {
  running: {
    atMostMs: dayMs,
    since: 'it was started',
    afterwards: 'another worker goes on where the last one stopped',
    told: ['staff'],
  },
}

export const recipientWaits: Waits<RecipientState, AtRest['recipient']> = {
  queued: { atMostMs: dayMs, since: 'the broadcast was started', afterwards: 'is sent to in turn', told: [] },
  sending: {
    atMostMs: 15 * minuteMs,
    since: 'Telegram was asked',
    afterwards: 'counts as unknown and is never repeated',
    told: ['staff'],
  },
}

export const ticketWaits: Waits<TicketState, AtRest['ticket']> = {
  open: {
    atMostMs: dayMs,
    since: "the customer's last message",
    afterwards: 'stays at the top of the list',
    told: ['staff'],
  },
  waiting: { atMostMs: 7 * dayMs, since: "the agent's last message", afterwards: 'may be closed', told: [] },
}
