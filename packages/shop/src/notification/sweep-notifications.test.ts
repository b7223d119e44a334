import { NotificationEntity } from '@vpn-kiosk/db'
import { type CustomerNotification, hourMs, type Id } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { queueNotification } from './queue-notification.ts'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.deps.db.em()

async function queued(notification: CustomerNotification, key = notification.kind): Promise<Id<'notification'>> {
  const { id: customerId } = await world.addCustomer()
  await world.deps.db.transaction((em) =>
    queueNotification(world.deps, em, { customerId, key, notification: notification }, world.clock.now()),
  )
  return (await em().findOneOrFail(NotificationEntity, { key })).id
}

const waitingJobs = () =>
  em().execute<{ id: string; priority: number }[]>(
    `select data ->> 'notificationId' as id, priority from pgboss.job where name = 'tell-customer' and state = 'created'
     order by priority desc, created_on`,
  )

const events = () => em().execute<{ content: { kind: string } }[]>('select content from alert_events order by id')

const ready: CustomerNotification = { kind: 'key_ready', subscriptionId: 'sub_anna', reason: 'purchase' }
const expired: CustomerNotification = { kind: 'expired', subscriptionId: 'sub_anna' }
const bonus: CustomerNotification = { kind: 'referral_bonus', days: 7, friendName: 'Boris' }

test('a key goes before other news, and both before reminders, when queued and when queued again', async () => {
  const ids = [await queued(expired), await queued(bonus), await queued(ready)].reverse()
  expect((await waitingJobs()).map(({ id }) => id)).toEqual(ids)
  await em().execute(`delete from pgboss.job where name = 'tell-customer'`)
  world.clock.advance(hourMs)
  expect(await world.shop.sweepNotifications()).toBe(3)
  expect((await waitingJobs()).map(({ id }) => id)).toEqual(ids)
  expect(await world.shop.sweepNotifications()).toBe(0)
})

test('staff hear that customers are not told, and since when', async () => {
  await queued(ready)
  world.clock.advance(hourMs - 1)
  await world.shop.sweepNotifications()
  expect(await events()).toEqual([])
  world.clock.advance(1)
  await world.shop.sweepNotifications()
  const [{ content: notification } = { content: {} }] = await events()
  expect(notification).toEqual({ kind: 'customers_untold', waiting: 1, since: '2026-11-21T09:00:00.000Z' })
})

test('what nobody could be told for three days is given up with its reason', async () => {
  const id = await queued(ready)
  world.clock.advance(72 * hourMs)
  await world.shop.sweepNotifications()
  expect(await em().findOneOrFail(NotificationEntity, { id })).toMatchObject({
    state: 'failed',
    reason: 'waited too long',
  })
})

test('what Telegram refuses for good ends with its sentence, and staff hear of the kind', async () => {
  const id = await queued(expired)
  await world.shop.closeNotification(id, { kind: 'failed', reason: 'Bad Request: message is too long' })
  await world.shop.closeNotification(id, { kind: 'failed', reason: 'told twice' })
  expect(await em().findOneOrFail(NotificationEntity, { id })).toMatchObject({
    state: 'failed',
    reason: 'Bad Request: message is too long',
  })
  expect((await events()).map(({ content: notification }) => notification)).toEqual([
    { kind: 'notification_refused', to: 'customers', what: 'expired', reason: 'Bad Request: message is too long' },
  ])
})
