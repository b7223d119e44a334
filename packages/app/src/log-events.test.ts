import type { Shop } from '@vpn-kiosk/shop'
import { expect, test } from 'vitest'
import { logEvents } from './log-events.ts'

/** A shop whose verbs answer as told, and the lines that its events left. */
function listening(verbs: { readonly [Verb in keyof Shop]?: unknown }) {
  const lines: [string, object][] = []
  let now = 0
  const shop = logEvents(
    verbs as unknown as Shop,
    { info: ({ event: _, ...ids }: { event?: string }, message) => void lines.push([message, ids]) },
    () => now,
  )
  const pass = (ms: number) => {
    now += ms
  }
  return { shop, lines, pass }
}

test('what was done leaves one line with ids, what changed nothing leaves none', async () => {
  const kinds = ['settled', 'already_settled', 'pending']
  const { shop, lines } = listening({
    settlePayment: async () => ({ kind: kinds.shift() }),
    startTrial: async () => ({ kind: 'started', subscriptionId: 'sub_1', days: 3 }),
    banCustomer: async () => ({ kind: 'already_banned' }),
    expireSubscriptions: async () => 4,
    inspectRefund: async () => ({ kind: 'refunded' }),
    closeTicket: async () => ({ kind: 'closed', ticket: { id: 'tkt_1' }, customer: { firstName: 'Anna' } }),
  })
  for (let asked = 0; asked < 3; asked++) await shop.settlePayment('pay_1')
  await shop.startTrial('cus_1')
  await shop.banCustomer(1n, 'cus_1')
  expect(await shop.expireSubscriptions()).toBe(4)
  await shop.inspectRefund('pay_1')
  await shop.closeTicket('tkt_1' as never, 1n)
  expect(lines).toEqual([
    ['paid', { paymentId: 'pay_1' }],
    ['trial started', { customerId: 'cus_1', subscriptionId: 'sub_1' }],
    ['subscriptions expired', { count: 4 }],
    ['refund seen', { paymentId: 'pay_1' }],
    ['ticket closed', { ticketId: 'tkt_1' }],
  ])
})

test('how the servers are is said when it changes', async () => {
  const reports = [1, 1, 0, 0, 1].map((up) => ({ up, degraded: 0, down: 1 - up }))
  const { shop, lines } = listening({ probeServers: async () => reports.shift() })
  for (let asked = 0; asked < 5; asked++) await shop.probeServers()
  expect(lines.map(([, ids]) => ids)).toEqual([
    { up: 1, degraded: 0, down: 0 },
    { up: 0, degraded: 0, down: 1 },
    { up: 1, degraded: 0, down: 0 },
  ])
})

test('a rush of one kind is counted beyond sixty lines a minute and hides no other kind', async () => {
  const { shop, lines, pass } = listening({
    settlePayment: async () => ({ kind: 'settled' }),
    expireSubscriptions: async () => 1,
  })
  for (let sale = 0; sale < 100; sale++) await shop.settlePayment('pay_1')
  await shop.expireSubscriptions()
  expect(lines).toHaveLength(61)
  pass(60_000)
  await shop.settlePayment('pay_1')
  expect(lines.slice(61)).toEqual([
    ['paid: more of them', { passedOver: 40 }],
    ['paid', { paymentId: 'pay_1' }],
  ])
})
