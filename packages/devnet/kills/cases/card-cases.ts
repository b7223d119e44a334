import { type CustomerId, dayMs, hourMs } from '@vpn-kiosk/domain'
import type { KillWorld } from '../kill-world.ts'
import { runSweeps } from '../run-sweeps.ts'
import type { KillCase, Scene } from '../scene.ts'
import { payInvoices, terms } from './prepare.ts'

/** An invoice that is paid with a card which YooKassa keeps, and that the shop has not looked at since. */
async function payAndSave(world: KillWorld) {
  const { id: customerId } = await world.addCustomer()
  const wish = { customerId, planId: await world.planOf('month'), savesCard: true, ...terms }
  const started = await world.app.shop.startPurchase(wish)
  if (started.kind !== 'invoice') throw new Error(started.kind)
  await payInvoices(world, customerId)
  return { customerId, paymentId: started.paymentId }
}

/** The end of a month is announced, and the first try to charge the card is due. */
async function prepareCharge(world: KillWorld): Promise<CustomerId> {
  const { shop } = world.app
  const { customerId, paymentId } = await payAndSave(world)
  await shop.settlePayment(paymentId)
  await runSweeps(world.app)
  world.clock.advance(29 * dayMs)
  await shop.renewSubscriptions()
  world.clock.advance(13 * hourMs)
  return customerId
}

const charging = (id: CustomerId, world: KillWorld): Scene => ({
  call: { verb: 'renewSubscriptions', parameters: [] },
  people: [id],
  tidy: async () => {
    world.yookassa.setDecline(null)
    await world.app.shop.switchRenewalOff(id)
  },
})

export const cardCases: readonly KillCase[] = [
  {
    name: 'a month is paid, and its card saved',
    recovery: 'sweep',
    prepare: async (world) => {
      const { customerId, paymentId } = await payAndSave(world)
      const tidy = async () => void (await world.app.shop.switchRenewalOff(customerId))
      return { call: { verb: 'settlePayment', parameters: [paymentId] }, people: [customerId], tidy }
    },
    expected: {
      grants: { payment: 1 },
      postings: { sale: 1 },
      told: { card_saved: 1, key_ready: 1 },
      hoursLeft: 720,
      provider: { invoices: 1, paid: 1, returned: 0 },
      hanging: 0,
      books: [],
    },
  },
  {
    name: 'a month renews itself from a saved card',
    recovery: 'sweep',
    prepare: async (world) => charging(await prepareCharge(world), world),
    expected: {
      grants: { payment: 2 },
      postings: { sale: 2 },
      payments: { 'plan paid yookassa paid': 2 },
      told: { card_saved: 1, key_ready: 1, renewal_announced: 1, renewed: 1 },
      hoursLeft: 731,
      provider: { invoices: 2, paid: 2, returned: 0 },
      hanging: 0,
      books: [],
    },
  },
  {
    name: 'a saved card has expired',
    recovery: 'sweep',
    prepare: async (world) => {
      const id = await prepareCharge(world)
      world.yookassa.setDecline('card_expired')
      return charging(id, world)
    },
    expected: {
      grants: { payment: 1 },
      postings: { sale: 1 },
      told: { card_saved: 1, key_ready: 1, renewal_announced: 1, renewal_stopped: 1 },
      provider: { invoices: 2, paid: 1, returned: 0 },
      hanging: 0,
      books: [],
    },
  },
]
