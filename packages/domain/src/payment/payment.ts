import { compareMoney, type Money, subtractMoney } from '../money/money.ts'
import type { Transitions } from '../state/transitions.ts'
import { isReadable, type Received } from './received.ts'

/** One attempt to pay an order through one provider. */
export const paymentStates = ['created', 'pending', 'paid', 'canceled', 'expired', 'mismatch', 'refunded'] as const
export type PaymentState = (typeof paymentStates)[number]

/**
 * `created`: stored, the provider not yet asked (or its answer lost). `pending`: an invoice is open.
 * `canceled` and `expired` still lead to `paid`, because money that arrives late is honoured.
 * `mismatch` waits for a human, who may accept it.
 */
export const paymentTransitions: Transitions<PaymentState> = {
  created: ['pending', 'paid', 'mismatch', 'canceled', 'expired'],
  pending: ['paid', 'mismatch', 'canceled', 'expired'],
  canceled: ['paid', 'mismatch'],
  expired: ['paid', 'mismatch'],
  mismatch: ['paid', 'refunded'],
  paid: ['refunded'],
  refunded: [],
}

export type Judgement =
  | { readonly kind: 'exact' }
  | { readonly kind: 'over'; readonly surplus: Money }
  | { readonly kind: 'mismatch' }

/** Compares what arrived with what was asked: less, another currency, or what cannot be read grants nothing. */
export function judgeReceived(asked: Money, received: Received): Judgement {
  if (!isReadable(received) || asked.currency !== received.currency) return { kind: 'mismatch' }
  const difference = compareMoney(received, asked)
  if (difference < 0) return { kind: 'mismatch' }
  return difference === 0 ? { kind: 'exact' } : { kind: 'over', surplus: subtractMoney(received, asked) }
}

/** How far back staff look: today, and the last seven or thirty days with it. */
export const paymentPeriods = ['today', 'week', 'month'] as const
export type PaymentPeriod = (typeof paymentPeriods)[number]
export const periodDays: Readonly<Record<PaymentPeriod, number>> = { today: 1, week: 7, month: 30 }
