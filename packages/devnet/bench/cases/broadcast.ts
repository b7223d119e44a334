import { cast } from '../../src/cast.ts'
import { type Figure, seconds } from '../figures.ts'
import { watchMessages } from '../load/watch-messages.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import { forgetWork, seedCustomers } from '../world/seed-customers.ts'

const messagesPerSecond = 30
const aim = 1.05

/** From the admin's word to the last message, beside what Telegram allows one bot. */
export async function benchBroadcast(world: BenchWorld, isQuick: boolean): Promise<Figure[]> {
  const { app, telegram } = world
  const count = isQuick ? 300 : 900
  await app.db.em().execute(`update customers set notifications = notifications || '{"news":false}'`)
  const people = await seedCustomers(app, telegram, { firstId: 50_001, count })
  for (const person of people) telegram.people.start({ person, bot: `@${cast.bots.client.username}` })
  await fetch(`${telegram.apiRoot}/bot${cast.bots.client.token}/deleteWebhook?drop_pending_updates=true`)
  await forgetWork(app)
  const client = await world.startProcess('client')

  const actor = BigInt(cast.people.owner.id)
  const created = await app.shop.createBroadcast(actor, 'A new server is open: Helsinki.')
  if (created.kind !== 'created') throw new Error(`no broadcast was created: ${created.kind}`)
  const messages = watchMessages(telegram, cast.bots.client.username)
  const startAt = performance.now()
  const started = await app.shop.startBroadcast(actor, created.broadcastId)
  if (started.kind !== 'started' || started.total !== count)
    throw new Error(`the broadcast did not start: ${JSON.stringify(started)}`)
  const allowedMs = (count / messagesPerSecond) * 1000
  const arrived = await messages.all(people, allowedMs * 3)
  const tookMs = Math.max(...people.map((person) => arrived.get(person) ?? Number.POSITIVE_INFINITY)) - startAt
  await client.close()

  const ratio = tookMs / allowedMs
  return [
    {
      what: `broadcast to ${count}`,
      measured: `${seconds(tookMs)} = ${ratio.toFixed(3)} ×`,
      beside: `${messagesPerSecond} messages/s: ${seconds(allowedMs)}`,
      aim: `≤ ${aim} ×`,
      isMet: ratio <= aim,
    },
  ]
}
