import { AuditEntity } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
const agent = 7n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.shop.addStaff(owner, { telegramId: agent, name: 'Max', role: 'support' })
})
afterEach(() => world.close())

/** Somebody paid less than was asked. */
async function paidLess() {
  const customer = await world.addCustomer('Anna')
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference, roubles(100))
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'mismatch' })
  return { customer, paymentId }
}

const dashboard = async () => {
  const seen = await world.shop.getDashboard(owner)
  return seen.kind === 'seen' ? seen.value.undecidedPayments : null
}
const listed = async () => {
  const seen = await world.shop.inspectPayments(owner, { isUndecided: true })
  return seen.kind === 'seen' ? seen.value.lines.map(({ id, decidedAt }) => ({ id, decidedAt })) : null
}

test('a payment of another sum waits for a decision wherever staff look, until somebody has decided', async () => {
  const { customer, paymentId } = await paidLess()
  const { ticket } = await world.shop.receiveCustomerMessage(customer.id, {
    ...{ chatId: Number(customer.telegramId), botId: 77, sourceMessageId: 1, kind: 'text', text: 'I paid' },
    ...{ albumId: null, replyToId: null },
  })
  const cards = async () => [
    await world.shop.getCustomerCard(owner, customer.id),
    await world.shop.getTicketCard({ ticketId: ticket.id }, agent),
  ]
  expect(await dashboard()).toBe(1)
  expect(await listed()).toEqual([{ id: paymentId, decidedAt: null }])
  expect(await cards()).toMatchObject([
    { value: { payments: { undecided: 1 } } },
    { value: { payments: { undecidedCount: 1, unpaidCount: 0 } } },
  ])
  const both = await Promise.all([1, 2].map(() => world.shop.decidePayment(owner, paymentId, true)))
  expect(both.map(({ kind }) => kind).sort()).toEqual(['already_done', 'decided'])
  expect(await dashboard()).toBe(0)
  expect(await listed()).toEqual([])
  expect(await cards()).toMatchObject([
    { value: { payments: { undecided: 0 } } },
    { value: { payments: { undecidedCount: 0, unpaidCount: 0 } } },
  ])
  const audited = await world.fixture.database.em().find(AuditEntity, { subject: paymentId })
  expect(audited.map(({ action }) => action)).toEqual(['decide_payment'])
})

test('a decision can be taken back, and whoever may not see payments decides nothing', async () => {
  const { paymentId } = await paidLess()
  expect(await world.shop.decidePayment(agent, paymentId, true)).toEqual({ kind: 'forbidden' })
  await world.shop.decidePayment(owner, paymentId, true)
  expect(await world.shop.decidePayment(owner, paymentId, false)).toEqual({ kind: 'undecided' })
  expect(await dashboard()).toBe(1)
})

test('nothing is to be decided about a payment that is paid, or unknown', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer('Boris'))
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  for (const id of [paymentId, 'pay_nobodys' as PaymentId])
    expect(await world.shop.decidePayment(owner, id, true)).toEqual({ kind: 'nothing_to_decide' })
})
