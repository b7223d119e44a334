import type { AccessId, CustomerId } from '@vpn-kiosk/domain'
import type { KillWorld } from '../kill-world.ts'
import type { KillCase, Scene } from '../scene.ts'
import { giveMonth, sellMonth } from './prepare.ts'

/** The job is about to make the panel agree with what this customer has. */
async function provision({ app }: KillWorld, owner: CustomerId, people: readonly CustomerId[]): Promise<Scene> {
  const [access] = await app.db.em().execute<{ id: AccessId }[]>(
    `select a.id from accesses a join subscriptions s on s.id = a.subscription_id
       where s.customer_id = ? and a.applied_revision < a.desired_revision`,
    [owner],
  )
  if (!access) throw new Error('no access waits')
  return { call: { verb: 'provisionAccess', parameters: [access.id] }, people }
}

const once = { grants: { payment: 1 }, paid: 1, hanging: 0, books: [] }

export const accessCases: readonly KillCase[] = [
  {
    name: 'the key of a gift is opened on the panel',
    recovery: 'sweep',
    prepare: async (world) => {
      const { giver, friend, code } = await giveMonth(world)
      await world.app.shop.activateGift(friend.id, code)
      return provision(world, friend.id, [giver.id, friend.id])
    },
    expected: {
      ...once,
      hoursLeft: 720,
      told: { gift_activated: 1, gift_ready: 1, key_ready: 1 },
      panel: { open: 1, closed: 0, doubled: 0 },
    },
  },
  {
    name: 'the key of a frozen subscription is closed on the panel',
    recovery: 'sweep',
    prepare: async (world) => {
      const { customer } = await sellMonth(world)
      const state = await world.app.shop.getFreeze(customer.id)
      if (!state) throw new Error('there is nothing to freeze')
      await world.app.shop.freezeSubscription({ customerId: customer.id, endsAt: state.endsAt })
      return provision(world, customer.id, [customer.id])
    },
    expected: {
      ...once,
      standing: { frozen: 1 },
      told: { key_ready: 1 },
      panel: { open: 0, closed: 1, doubled: 0 },
    },
  },
]
