import { describe, expect, test } from 'vitest'
import { broadcastTransitions } from '../broadcast/broadcast.ts'
import { giftTransitions } from '../gift/gift.ts'
import { orderTransitions } from '../order/order.ts'
import { paymentTransitions } from '../payment/payment.ts'
import { serverTransitions } from '../server/server.ts'
import { subscriptionTransitions } from '../subscription/subscription.ts'
import { ticketTransitions } from '../ticket/ticket.ts'
import { canMove, isFinal, reachable, statesBefore, type Transitions } from './transitions.ts'

const tables: readonly (readonly [string, Transitions<string>, string, readonly string[]])[] = [
  ['order', orderTransitions, 'open', ['paid']],
  ['gift', giftTransitions, 'waiting', ['activated', 'returned', 'refunded']],
  ['payment', paymentTransitions, 'created', ['refunded']],
  ['subscription', subscriptionTransitions, 'pending', []],
  ['server', serverTransitions, 'active', []],
  ['ticket', ticketTransitions, 'open', []],
  ['broadcast', broadcastTransitions, 'draft', ['done', 'canceled']],
]

describe.each(tables)('the states of %s', (_, table, start, finals) => {
  test('can all be reached', () => {
    expect([...reachable(table, start)].sort()).toEqual(Object.keys(table).sort())
  })

  test('end where they should and nowhere else', () => {
    expect(
      Object.keys(table)
        .filter((state) => isFinal(table, state))
        .sort(),
    ).toEqual([...finals].sort())
  })
})

describe('a payment', () => {
  test('that is paid is never paid again', () => {
    expect(canMove(paymentTransitions, 'paid', 'paid')).toBe(false)
    expect(statesBefore(paymentTransitions, 'paid')).toEqual(['created', 'pending', 'canceled', 'expired', 'mismatch'])
  })
})
