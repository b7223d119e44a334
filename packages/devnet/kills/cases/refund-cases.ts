import type { CustomerId, PaymentId } from '@vpn-kiosk/domain'
import type { KillWorld } from '../kill-world.ts'
import type { KillCase, Scene } from '../scene.ts'
import { giveMonth, newRequest, sellMonth } from './prepare.ts'

/** Half of a month's price. */
const half = 14_950n

const wishFor = (paymentId: PaymentId, minor: bigint | null) => ({
  paymentId,
  minor,
  requestId: newRequest(),
  byHand: false,
})

/** The refund is asked for, and a job is about to carry it out. */
async function askRefund({ app }: KillWorld, paymentId: PaymentId, minor: bigint | null) {
  const asked = await app.shop.requestRefund('operator', wishFor(paymentId, minor))
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  return asked.refundId
}

async function prepareCarryOut(world: KillWorld, minor: bigint | null): Promise<Scene> {
  const { customer, paymentId } = await sellMonth(world)
  const refundId = await askRefund(world, paymentId, minor)
  return { call: { verb: 'carryOutRefund', parameters: [refundId] }, people: [customer.id] }
}

const once = { paid: 1, postings: { refund: 1, sale: 1 }, grants: { payment: 1 }, hanging: 0, books: [] }

const wholeBack = {
  ...once,
  refunds: { 'done 29900': 1 },
  provider: { invoices: 1, paid: 1, returned: 299 },
  hoursLeft: 0,
  told: { expired: 1, key_ready: 1, refunded: 1 },
  panel: { open: 0, closed: 1, doubled: 0 },
}

const partBack = {
  ...once,
  refunds: { 'done 14950': 1 },
  provider: { invoices: 1, paid: 1, returned: 149.5 },
  hoursLeft: 360,
  told: { key_ready: 1, refunded: 1 },
  panel: { open: 1, closed: 0, doubled: 0 },
}

export const refundCases: readonly KillCase[] = [
  {
    name: 'a refund is asked for',
    recovery: 'repeat',
    prepare: async (world) => {
      const { customer, paymentId } = await sellMonth(world)
      return {
        call: { verb: 'requestRefund', parameters: ['operator', wishFor(paymentId, null)] },
        people: [customer.id],
      }
    },
    expected: wholeBack,
  },
  {
    name: 'a whole payment goes back',
    recovery: 'sweep',
    prepare: (world) => prepareCarryOut(world, null),
    expected: wholeBack,
  },
  {
    name: 'a part of a payment goes back',
    recovery: 'sweep',
    prepare: (world) => prepareCarryOut(world, half),
    expected: partBack,
  },
  {
    name: 'a refund that its provider takes its time for',
    recovery: 'sweep',
    prepare: async (world) => {
      world.yookassa.setRefundMode('pending')
      const { call, people } = await prepareCarryOut(world, half)
      const afterwards = async () => {
        await world.yookassa.settleRefunds()
        // Past the pause before the next question.
        world.clock.advance(3_600_000)
      }
      return { call, people, afterwards, tidy: async () => world.yookassa.setRefundMode('succeeded') }
    },
    expected: { ...partBack, hoursLeft: 359 },
  },
  {
    name: 'a gift that waits goes back',
    recovery: 'sweep',
    prepare: async (world) => {
      const { giver, friend, paymentId } = await giveMonth(world)
      const refundId = await askRefund(world, paymentId, null)
      const people: CustomerId[] = [giver.id, friend.id]
      return { call: { verb: 'carryOutRefund', parameters: [refundId] }, people }
    },
    expected: {
      paid: 1,
      refunds: { 'done 29900': 1 },
      provider: { invoices: 1, paid: 1, returned: 299 },
      gifts: { refunded: 1 },
      grants: {},
      told: { gift_ready: 1, refunded: 1 },
      hanging: 0,
      books: [],
    },
  },
]
