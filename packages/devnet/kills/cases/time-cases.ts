import { type CustomerId, dayMs } from '@vpn-kiosk/domain'
import type { KillWorld } from '../kill-world.ts'
import { runSweeps } from '../run-sweeps.ts'
import type { KillCase } from '../scene.ts'
import { sellMonth } from './prepare.ts'

/** What the customer was shown: the end, as it stands now. */
async function freezeWish({ app }: KillWorld, customerId: CustomerId) {
  const state = await app.shop.getFreeze(customerId)
  if (!state) throw new Error('there is nothing to freeze')
  return { customerId, endsAt: state.endsAt }
}

async function sellAndFreeze(world: KillWorld): Promise<CustomerId> {
  const { customer } = await sellMonth(world)
  const frozen = await world.app.shop.freezeSubscription(await freezeWish(world, customer.id))
  if (frozen !== 'frozen') throw new Error(frozen)
  await runSweeps(world.app)
  return customer.id
}

const bought = {
  grants: { payment: 1 },
  postings: { sale: 1 },
  paid: 1,
  provider: { invoices: 1, paid: 1, returned: 0 },
  hanging: 0,
  books: [],
}
const open = { open: 1, closed: 0, doubled: 0 }

export const timeCases: readonly KillCase[] = [
  {
    name: 'a plan is switched',
    recovery: 'repeat',
    prepare: async (world) => {
      const { customer } = await sellMonth(world)
      const planId = await world.planOf('family')
      const offered = await world.app.shop.listPlanSwitches(customer.id)
      const chosen = offered?.switches.find(({ plan }) => plan.id === planId)
      if (!chosen) throw new Error('the plan is not offered')
      const wish = { customerId: customer.id, planId, endsAt: chosen.endsAt }
      return { call: { verb: 'switchPlan', parameters: [wish] }, people: [customer.id] }
    },
    expected: { ...bought, hoursLeft: 360, told: { key_ready: 1 }, panel: open, standing: { active: 1 } },
  },
  {
    name: 'a subscription is frozen',
    recovery: 'repeat',
    prepare: async (world) => {
      const { customer } = await sellMonth(world)
      const wish = await freezeWish(world, customer.id)
      return { call: { verb: 'freezeSubscription', parameters: [wish] }, people: [customer.id] }
    },
    expected: {
      ...bought,
      hoursLeft: (30 + 14) * 24,
      told: { key_ready: 1 },
      panel: { open: 0, closed: 1, doubled: 0 },
      standing: { frozen: 1 },
    },
  },
  {
    name: 'a subscription is unfrozen',
    recovery: 'repeat',
    prepare: async (world) => {
      const id = await sellAndFreeze(world)
      const wish = await freezeWish(world, id)
      return { call: { verb: 'unfreezeSubscription', parameters: [wish] }, people: [id] }
    },
    expected: { ...bought, hoursLeft: 720, told: { key_ready: 1 }, panel: open, standing: { active: 1 } },
  },
  {
    name: 'a freeze ends by itself',
    recovery: 'sweep',
    prepare: async (world) => {
      const id = await sellAndFreeze(world)
      world.clock.advance(15 * dayMs)
      return { call: { verb: 'endFreezes', parameters: [] }, people: [id] }
    },
    expected: {
      ...bought,
      hoursLeft: 720,
      told: { freeze_ended: 1, key_ready: 1 },
      panel: open,
      standing: { active: 1 },
    },
  },
]
