import { type Customer, dayMs, hourMs, type PaymentId, starSubscription } from '@vpn-kiosk/domain'
import { cast } from '../../src/cast.ts'
import type { KillWorld } from '../kill-world.ts'
import { runSweeps } from '../run-sweeps.ts'
import type { KillCase } from '../scene.ts'
import { terms } from './prepare.ts'

const bot = `@${cast.bots.client.username}`
const stars = 150n

interface Subscribed {
  readonly customer: Customer
  readonly payload: PaymentId
  readonly chargeId: string
}

/** What the client bot asks Telegram: no bot runs in this world. */
async function callBot<T>({ telegram }: KillWorld, method: string, parameters: object): Promise<T> {
  const answer = await fetch(`${telegram.apiRoot}/bot${cast.bots.client.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  })
  return ((await answer.json()) as { result: T }).result
}

/** Somebody pays the first charge of a subscription at Telegram; the shop has not heard of it. */
async function payFirst(world: KillWorld): Promise<Subscribed> {
  const { shop } = world.app
  const { people } = world.telegram
  const { id } = people.createPerson({ firstName: 'Anna', languageCode: 'en' })
  people.start({ person: id, bot })
  const { customer } = await shop.recognizeCustomer({ telegramId: BigInt(id), firstName: 'Anna' })
  const { method: _, ...wish } = { ...terms, customerId: customer.id, planId: await world.planOf('month') }
  const started = await shop.startPurchase({ ...wish, providerId: 'stars', method: starSubscription.method })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  const paying = people.pay({ person: id, bot, link: started.url })
  const allowed = { timeout: 5, allowed_updates: ['pre_checkout_query'] }
  const updates = await callBot<{ pre_checkout_query?: { id: string } }[]>(world, 'getUpdates', allowed)
  const query = updates.find((update) => update.pre_checkout_query)?.pre_checkout_query
  await callBot(world, 'answerPreCheckoutQuery', { pre_checkout_query_id: query?.id, ok: true })
  const paid = await paying
  if (paid.kind !== 'paid') throw new Error(paid.kind)
  await callBot(world, 'deleteWebhook', { drop_pending_updates: true })
  return { customer, payload: started.paymentId, chargeId: paid.chargeId }
}

const chargeOf = (world: KillWorld, { customer, payload }: Subscribed, chargeId: string) => ({
  payload,
  chargeId,
  payerId: customer.telegramId,
  amount: stars,
  at: world.clock.now(),
  isRefund: false,
})

/** A month of a subscription has run, and Telegram has charged it again; the shop has not heard of it. */
async function chargeAgain(world: KillWorld): Promise<Subscribed> {
  const first = await payFirst(world)
  await world.app.shop.receiveStarPayment(chargeOf(world, first, first.chargeId))
  await runSweeps(world.app)
  world.clock.advance(30 * dayMs)
  const { charges } = world.telegram.people.chargeSubscriptions({ person: Number(first.customer.telegramId) })
  const [chargeId] = charges
  if (!chargeId) throw new Error('Telegram charged nothing')
  return { ...first, chargeId }
}

const end = (world: KillWorld, { customer }: Subscribed) => {
  world.telegram.people.cancelSubscription({ person: Number(customer.telegramId), bot })
}

const begun = {
  grants: { payment: 1, stars: 1 },
  postings: { sale: 1 },
  paid: 1,
  charges: 1,
  told: { key_ready: 1 },
  hoursLeft: 31 * 24,
  panel: { open: 1, closed: 0, doubled: 0 },
  hanging: 0,
  books: [],
}
const renewed = {
  ...begun,
  grants: { payment: 2, stars: 1 },
  postings: { sale: 2 },
  paid: 2,
  charges: 2,
  told: { key_ready: 1, renewed: 1 },
}

export const starCases: readonly KillCase[] = [
  {
    name: 'the first charge in stars is told',
    recovery: 'repeat',
    prepare: async (world) => {
      const paid = await payFirst(world)
      const charge = chargeOf(world, paid, paid.chargeId)
      const tidy = async () => end(world, paid)
      return { call: { verb: 'receiveStarPayment', parameters: [charge] }, people: [paid.customer.id], tidy }
    },
    expected: begun,
  },
  {
    name: 'a subscription in stars is charged again',
    recovery: 'repeat',
    prepare: async (world) => {
      const paid = await chargeAgain(world)
      const charge = chargeOf(world, paid, paid.chargeId)
      const tidy = async () => end(world, paid)
      return { call: { verb: 'receiveStarPayment', parameters: [charge] }, people: [paid.customer.id], tidy }
    },
    expected: renewed,
  },
  {
    name: 'a repeated charge in stars is settled',
    recovery: 'sweep',
    prepare: async (world) => {
      const paid = await chargeAgain(world)
      await world.app.shop.receiveStarPayment(chargeOf(world, paid, paid.chargeId))
      const [payment] = await world.app.db
        .em()
        .execute<{ id: PaymentId }[]>('select payment_id as id from star_charges where id = ?', [paid.chargeId])
      if (!payment) throw new Error('the charge was not kept')
      const tidy = async () => end(world, paid)
      return { call: { verb: 'settlePayment', parameters: [payment.id] }, people: [paid.customer.id], tidy }
    },
    expected: renewed,
  },
  {
    name: 'a repeated charge in stars that nobody told of is found',
    recovery: 'sweep',
    prepare: async (world) => {
      const paid = await chargeAgain(world)
      world.clock.advance(2 * hourMs)
      const tidy = async () => end(world, paid)
      return { call: { verb: 'renewSubscriptions', parameters: [] }, people: [paid.customer.id], tidy }
    },
    expected: { ...renewed, hoursLeft: 31 * 24 - 2 },
  },
]
