import type { Figure } from '../figures.ts'
import { type LargeWorld, settleWork } from './large-world.ts'
import { type Timed, timeAll, timeOnce } from './time-calls.ts'

const atOnce = 5_000

/** What happens by itself: in a shop where nothing is due, and when much is. */
export async function timeSweeps(world: LargeWorld): Promise<Figure[]> {
  const { shop } = world.app
  // Who is reminded of an end for the first time: days of work in a shop that has just been filled.
  const reminders = await timeOnce('reminders of a shop that never reminded', { aimMs: null }, () =>
    shop.remindExpiry(),
  )
  await settleWork(world)
  const idle = await timeAll(world, steady(world))
  return [reminders, ...idle, ...(await timeDue(world))]
}

const steady = ({ app: { shop } }: LargeWorld): Timed[] => [
  { what: 'sweep of accesses', aimMs: 50, call: () => shop.sweepAccesses() },
  { what: 'sweep of payments', aimMs: 50, call: () => shop.sweepPayments() },
  { what: 'sweep of notifications', aimMs: 50, call: () => shop.sweepNotifications() },
  { what: 'next stretches, none due', aimMs: 50, call: () => shop.startStretches() },
  { what: 'expiry, none due', aimMs: 50, call: () => shop.expireSubscriptions() },
  { what: 'reminders, none due', aimMs: null, call: () => shop.remindExpiry() },
  { what: 'paid and not delivered', aimMs: 150, call: () => shop.countUndelivered() },
  { what: 'room left', aimMs: 150, call: () => shop.getRoom() },
  { what: 'figures of the dashboard, kept', aimMs: null, call: () => shop.refreshFigures() },
]

/** SQL: so many running subscriptions. */
const some = (count: number) =>
  `select id from subscriptions where state = 'active' and not is_trial order by id limit ${count}`

async function timeDue(world: LargeWorld): Promise<Figure[]> {
  const { shop, db } = world.app
  const run = (text: string) => db.em().execute(text)
  await run(
    `update subscriptions set ends_at = now() - interval '1 minute', stretch_ends_at = now() - interval '1 minute' where id in (${some(atOnce)})`,
  )
  const figures = [await timeOnce(`expiry of ${atOnce} at once`, { aimMs: 10_000 }, () => shop.expireSubscriptions())]
  await run(`insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, device_limit, length_ms, created_at)
    select 'prd_next' || substr(id, 5), id, plan_id, 'next:' || id, 30, now(), now() + interval '30 days', 3, 2592000000, now()
    from subscriptions where id in (${some(atOnce)})`)
  await run(
    `update subscriptions set stretch_ends_at = now(), ends_at = now() + interval '30 days' where id in (${some(atOnce)})`,
  )
  figures.push(await timeOnce(`next stretches of ${atOnce} at once`, { aimMs: 10_000 }, () => shop.startStretches()))
  const clean = await timeOnce('clean-up of a night', { aimMs: null }, () => shop.cleanUp())
  await settleWork(world)
  return [...figures, clean]
}
