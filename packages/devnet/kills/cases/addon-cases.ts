import type { AddonId } from '@vpn-kiosk/domain'
import type { KillWorld } from '../kill-world.ts'
import type { KillCase } from '../scene.ts'
import { newRequest, payInvoices, sellMonth, terms, topUp } from './prepare.ts'

/** Two devices for 60 roubles, on sale; made once in a world. */
async function sellDevices({ app }: KillWorld): Promise<AddonId> {
  const draft = { kind: 'devices', amount: 2, price: '60', currency: 'RUB' } as const
  const made = await app.shop.createAddon('operator', draft, 'devices')
  if (made.kind !== 'created') throw new Error(made.kind)
  await app.shop.updateAddon('operator', made.addonId, { isActive: true })
  return made.addonId
}

const once = {
  paid: 2,
  grants: { payment: 1 },
  deviceLimit: 5,
  told: { addon_ready: 1, key_ready: 1 },
  panel: { open: 1, closed: 0, doubled: 0 },
  hanging: 0,
  books: [],
}

export const addonCases: readonly KillCase[] = [
  {
    name: 'an add-on is ordered',
    recovery: 'repeat',
    prepare: async (world) => {
      const addonId = await sellDevices(world)
      const { customer } = await sellMonth(world)
      const wish = { customerId: customer.id, addonId, requestId: newRequest(), ...terms }
      const afterwards = () => payInvoices(world, customer.id)
      return { call: { verb: 'startAddon', parameters: [wish] }, people: [customer.id], afterwards }
    },
    expected: { ...once, postings: { sale: 2 }, provider: { invoices: 2, paid: 2, returned: 0 } },
  },
  {
    name: 'an add-on is settled',
    recovery: 'sweep',
    prepare: async (world) => {
      const addonId = await sellDevices(world)
      const { customer } = await sellMonth(world)
      const wish = { customerId: customer.id, addonId, requestId: newRequest(), ...terms }
      const started = await world.app.shop.startAddon(wish)
      if (started.kind !== 'invoice') throw new Error(started.kind)
      await payInvoices(world, customer.id)
      return { call: { verb: 'settlePayment', parameters: [started.paymentId] }, people: [customer.id] }
    },
    expected: { ...once, postings: { sale: 2 }, provider: { invoices: 2, paid: 2, returned: 0 } },
  },
  {
    name: 'an add-on is bought from the balance',
    recovery: 'repeat',
    prepare: async (world) => {
      const addonId = await sellDevices(world)
      const { customer } = await sellMonth(world)
      await topUp(world, customer.id, 10_000n)
      const wish = { customerId: customer.id, addonId, requestId: newRequest(), shownMinor: 6_000n }
      return { call: { verb: 'buyAddon', parameters: [wish] }, people: [customer.id] }
    },
    expected: {
      ...once,
      paid: 3,
      postings: { sale: 2, top_up: 1 },
      told: { ...once.told, topped_up: 1 },
      provider: { invoices: 2, paid: 2, returned: 0 },
    },
  },
]
