import { EndpointEntity } from '@vpn-kiosk/db'
import { dayMs, EndpointRefused, minuteMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { notifyStaff } from '../src/notification/notify-staff.ts'
import { createEndpointRest } from '../src/server/rest-after-refusal.ts'

/* The clock was a month ahead for a while, and what was put off then must not wait for a month. */

const monthMs = 30 * dayMs
const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.deps.db.em()
const enabled = () => [...world.vless.accounts.values()].map((account) => account.enabled)

async function buy() {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return customer
}

async function sweep() {
  await world.shop.sweepAccesses()
  await world.processAll()
}

test('a key that could not be made then is made now', async () => {
  world.clock.advance(monthMs)
  world.vless.setDown(true)
  await buy()
  await world.processAll()
  world.clock.advance(-monthMs)
  world.vless.setDown(false)
  await sweep()
  expect(enabled()).toEqual([true])
})

test('what a process that died had taken up is taken up by others, a ban too', async () => {
  const customer = await buy()
  await world.processAll()
  await em().execute('update accesses set leased_until = ?', [new Date(world.clock.now().getTime() + monthMs)])
  await world.shop.banCustomer(owner, customer.id)
  await sweep()
  expect(enabled()).toEqual([false])
})

test('a payment is asked about', async () => {
  world.clock.advance(monthMs)
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  await world.shop.settlePayment(paymentId)
  world.clock.advance(-monthMs)
  world.provider.pay(reference)
  expect(await world.shop.sweepPayments()).toBe(1)
})

test('staff are told', async () => {
  world.clock.advance(monthMs)
  const notification = { kind: 'nobody_served', cause: 'full' } as const
  await world.deps.db.transaction((tx) => notifyStaff(world.deps, tx, notification, world.clock.now()))
  await world.shop.gatherStaffNotifications()
  expect(await world.shop.claimStaffNotifications()).toHaveLength(1)
  world.clock.advance(minuteMs - monthMs)
  expect(await world.shop.claimStaffNotifications()).toHaveLength(1)
})

test('an endpoint that refused our login is tried', async () => {
  const endpoint = await em().findOneOrFail(EndpointEntity, { driver: world.vless.id })
  const rest = () => createEndpointRest(world.deps, endpoint)
  const refuse = () => Promise.reject(new EndpointRefused('wrong password', { code: 'wrong_credentials' }))
  world.clock.advance(monthMs)
  await expect(rest().ask(refuse)).rejects.toThrow('wrong password')
  await expect(rest().ask(async () => 'in')).rejects.toThrow()
  world.clock.advance(-monthMs)
  expect(await rest().ask(async () => 'in')).toBe('in')
})

test('a message of a customer that a process which died had taken is taken by another', async () => {
  const { id } = await world.addCustomer()
  world.clock.advance(monthMs)
  const message = {
    chatId: 1,
    botId: 2,
    sourceMessageId: 3,
    kind: 'text',
    text: 'help',
    albumId: null,
    replyToId: null,
  }
  const { ticket } = await world.shop.receiveCustomerMessage(id, message)
  const claim = () => world.shop.claimMessages(ticket.id, 'customer', { groupId: -100, botId: 2 })
  expect(await claim()).toMatchObject({ kind: 'claimed' })
  expect(await world.shop.claimTopic(ticket.id, -100)).toMatchObject({ kind: 'claimed' })
  world.clock.advance(-monthMs)
  expect(await world.shop.listOwingTickets()).toHaveLength(1)
  expect(await claim()).toMatchObject({ kind: 'claimed' })
  expect(await claim()).toEqual({ kind: 'nothing' })
  expect(await world.shop.claimTopic(ticket.id, -100)).toMatchObject({ kind: 'claimed' })
  expect(await world.shop.claimTopic(ticket.id, -100)).toEqual({ kind: 'busy' })
})

test('a lease of a process whose clock is some seconds ahead is respected', async () => {
  await buy()
  const [access] = await em().execute<{ id: `acc_${string}` }[]>('select id from accesses')
  await em().execute('update accesses set leased_until = ?', [new Date(world.clock.now().getTime() + 40_000)])
  expect(await world.shop.provisionAccess(access!.id)).toEqual({ kind: 'busy' })
})
