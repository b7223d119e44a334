import type { Customer, CustomerNotification } from '@vpn-kiosk/domain'
import { cast } from '../../src/cast.ts'
import type { KillWorld } from '../kill-world.ts'
import { runSweeps } from '../run-sweeps.ts'
import type { KillCase, Scene } from '../scene.ts'
import { newRequest, sellMonth } from './prepare.ts'

const bot = `@${cast.bots.client.username}`

/** A customer with a chat, who has a month. */
async function sellToPerson(world: KillWorld) {
  const { people } = world.telegram
  const { id } = people.createPerson({ firstName: 'Anna', languageCode: 'en' })
  people.start({ person: id, bot })
  const person = { telegramId: BigInt(id), firstName: 'Anna', languageCode: 'en' }
  const { customer } = await world.app.shop.recognizeCustomer(person)
  return sellMonth(world, customer)
}

/** The bot's job is about to tell the customer of this kind. */
async function tell(
  world: KillWorld,
  customer: Customer,
  kind: CustomerNotification['kind'],
  words: RegExp,
): Promise<Scene> {
  const [found] = await world.app.db
    .em()
    .execute<{ id: string }[]>(
      `select id from notifications where customer_id = ? and content->>'kind' = ? and state = 'queued'`,
      [customer.id, kind],
    )
  if (!found) throw new Error(`nothing of the kind ${kind} waits`)
  const countRead = () =>
    world.telegram.people
      .transcript({ person: Number(customer.telegramId), chat: bot })
      .filter(({ isMine, text }) => !isMine && words.test(text ?? '')).length
  return {
    call: { verb: 'tellCustomer', parameters: [{ notificationId: found.id }] },
    people: [customer.id],
    countRead,
  }
}

/* The queue hands a job out again whose process died. */
export const tellingCases: readonly KillCase[] = [
  {
    name: 'a key is told',
    recovery: 'repeat',
    prepare: async (world) => {
      const { customer } = await sellToPerson(world)
      return tell(world, customer, 'key_ready', /Your subscription is active until/)
    },
    expected: { told: { key_ready: 1 }, read: 1, hanging: 0, books: [] },
  },
  {
    name: 'a refund is told',
    recovery: 'repeat',
    prepare: async (world) => {
      const { customer, paymentId } = await sellToPerson(world)
      const wish = { paymentId, minor: 14_950n, requestId: newRequest(), byHand: false }
      await world.app.shop.requestRefund('operator', wish)
      await runSweeps(world.app)
      return tell(world, customer, 'refunded', /Refund: /)
    },
    expected: { told: { key_ready: 1, refunded: 1 }, read: 1, hanging: 0, books: [] },
  },
]
