import { type CustomerId, dayMs, hourMs, money } from '@vpn-kiosk/domain'
import type { KillWorld } from '../kill-world.ts'
import type { KillCase } from '../scene.ts'
import { monthMinor, newRequest, payInvoices, sellMonth, terms, topUp } from './prepare.ts'

const hadMinor = 10_000n

/** Somebody who has a third of a month's price, and asks for an invoice for the rest, with the month in the cart. */
async function fillCart(world: KillWorld) {
  const { id: customerId } = await world.addCustomer()
  await topUp(world, customerId, hadMinor)
  const amount = money(monthMinor - hadMinor, 'RUB')
  return { customerId, planId: await world.planOf('month'), amount, requestId: newRequest(), ...terms }
}

const boughtMonth = {
  grants: { payment: 1 },
  balance: {},
  postings: { sale: 1, top_up: 2 },
  hoursLeft: 720,
  paid: 3,
  provider: { invoices: 2, paid: 2, returned: 0 },
  told: { key_ready: 1, topped_up: 1 },
  panel: { open: 1, closed: 0, doubled: 0 },
  hanging: 0,
  books: [],
}

/** The end of a month is announced, its price is on the balance, and the first try is due. */
async function prepareRenewal(world: KillWorld): Promise<CustomerId> {
  const { customer } = await sellMonth(world)
  await topUp(world, customer.id, monthMinor)
  const { shop } = world.app
  const isOn = await shop.switchRenewalOn(customer.id, { source: 'balance', minor: monthMinor })
  if (isOn !== 'on') throw new Error(isOn)
  world.clock.advance(29 * dayMs)
  await shop.renewSubscriptions()
  world.clock.advance(13 * hourMs)
  return customer.id
}

export const balanceCases: readonly KillCase[] = [
  {
    name: 'a top-up with a cart is asked for',
    recovery: 'repeat',
    prepare: async (world) => {
      const wish = await fillCart(world)
      const afterwards = () => payInvoices(world, wish.customerId)
      return { call: { verb: 'startTopUp', parameters: [wish] }, people: [wish.customerId], afterwards }
    },
    expected: boughtMonth,
  },
  {
    name: 'a top-up with a cart is paid',
    recovery: 'sweep',
    prepare: async (world) => {
      const wish = await fillCart(world)
      const started = await world.app.shop.startTopUp(wish)
      if (started.kind !== 'invoice') throw new Error(started.kind)
      await payInvoices(world, wish.customerId)
      return { call: { verb: 'settlePayment', parameters: [started.paymentId] }, people: [wish.customerId] }
    },
    expected: boughtMonth,
  },
  {
    name: 'a month is bought from the balance',
    recovery: 'repeat',
    prepare: async (world) => {
      const { id: customerId } = await world.addCustomer()
      await topUp(world, customerId, 2n * monthMinor)
      const wish = { customerId, planId: await world.planOf('month'), requestId: newRequest() }
      return { call: { verb: 'buyFromBalance', parameters: [wish] }, people: [customerId] }
    },
    expected: {
      grants: { payment: 1 },
      balance: { RUB: Number(monthMinor) },
      postings: { sale: 1, top_up: 1 },
      told: { key_ready: 1, topped_up: 1 },
      hoursLeft: 720,
      hanging: 0,
      books: [],
    },
  },
  {
    name: 'a month renews itself from the balance',
    recovery: 'sweep',
    prepare: async (world) => {
      const id = await prepareRenewal(world)
      const tidy = async () => void (await world.app.shop.switchRenewalOff(id))
      return { call: { verb: 'renewSubscriptions', parameters: [] }, people: [id], tidy }
    },
    expected: {
      grants: { payment: 2 },
      balance: {},
      postings: { sale: 2, top_up: 1 },
      told: { key_ready: 1, renewal_announced: 1, renewed: 1, topped_up: 1 },
      hoursLeft: 731,
      hanging: 0,
      books: [],
    },
  },
]
