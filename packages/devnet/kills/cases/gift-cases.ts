import type { KillCase } from '../scene.ts'
import { giveMonth, payForMonth, payInvoices, terms } from './prepare.ts'

const sold = { paid: 1, provider: { invoices: 1, paid: 1, returned: 0 }, hanging: 0, books: [] }

export const giftCases: readonly KillCase[] = [
  {
    name: 'a gift is ordered',
    recovery: 'repeat',
    prepare: async (world) => {
      const { id: customerId } = await world.addCustomer()
      const wish = { customerId, planId: await world.planOf('month'), kind: 'gift' as const, ...terms }
      const afterwards = () => payInvoices(world, customerId)
      return { call: { verb: 'startPurchase', parameters: [wish] }, people: [customerId], afterwards }
    },
    expected: { ...sold, gifts: { waiting: 1 }, told: { gift_ready: 1 }, grants: {} },
  },
  {
    name: 'a gift is paid',
    recovery: 'sweep',
    prepare: async (world) => {
      const { id } = await world.addCustomer()
      const paymentId = await payForMonth(world, id, 'gift')
      return { call: { verb: 'settlePayment', parameters: [paymentId] }, people: [id] }
    },
    expected: { ...sold, gifts: { waiting: 1 }, told: { gift_ready: 1 }, grants: {}, postings: { sale: 1 } },
  },
  {
    name: 'a gift is activated',
    recovery: 'repeat',
    prepare: async (world) => {
      const { giver, friend, code } = await giveMonth(world)
      return { call: { verb: 'activateGift', parameters: [friend.id, code] }, people: [giver.id, friend.id] }
    },
    expected: {
      ...sold,
      gifts: { activated: 1 },
      grants: { payment: 1 },
      hoursLeft: 720,
      told: { gift_activated: 1, gift_ready: 1, key_ready: 1 },
      postings: { gift_activated: 1, sale: 1 },
      panel: { open: 1, closed: 0, doubled: 0 },
    },
  },
]
