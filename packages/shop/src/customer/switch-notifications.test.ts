import { CustomerEntity, NotificationEntity } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type CustomerNotification,
  dayMs,
  hourMs,
  isWanted,
  type NotificationSettings,
  notificationSwitch,
  notificationSwitches,
} from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { queueNotification } from '../notification/queue-notification.ts'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const told = async (customerId: CustomerId) =>
  (await world.deps.db.em().find(NotificationEntity, { customerId })).map(({ content }) => content.kind)

async function startMonth(name: string) {
  const customer = await world.addCustomer(name)
  const { reference, paymentId } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.recheckPayment(paymentId)
  return customer
}

test('reminders and offers go to whoever wants them, and to nobody else', async () => {
  await world.addServer()
  const anna = await startMonth('Anna')
  const vera = await startMonth('Vera')
  await world.shop.switchNotifications(vera.id, { expiry: false, offers: false })
  world.clock.advance(29 * dayMs + hourMs)
  await world.shop.remindExpiry()
  world.clock.advance(5 * dayMs)
  await world.shop.expireSubscriptions()
  await world.shop.winBackCustomers()
  expect(await told(anna.id)).toEqual(expect.arrayContaining(['expiring', 'expired', 'win_back']))
  expect(await told(vera.id)).toContain('expired')
  expect(await told(vera.id)).not.toContain('expiring')
  expect(await told(vera.id)).not.toContain('win_back')
})

test('what waits to be told when it is switched off is not told, and what is always told is', async () => {
  const anna = await world.addCustomer('Anna')
  const queue = (notification: CustomerNotification) =>
    world.deps.db.transaction((em) =>
      queueNotification(
        world.deps,
        em,
        { customerId: anna.id, key: notification.kind, notification },
        world.clock.now(),
      ),
    )
  await queue({ kind: 'referral_bonus', days: 7, friendName: 'Boris' })
  await queue({ kind: 'ban_lifted' })
  await world.shop.switchNotifications(anna.id, {
    expiry: false,
    traffic: false,
    news: false,
    offers: false,
    referral: false,
  })
  const rows = await world.deps.db.em().find(NotificationEntity, { customerId: anna.id })
  const idOf = (kind: string) => rows.find(({ content }) => content.kind === kind)!.id
  expect(await world.shop.checkNotification(idOf('referral_bonus'))).toBeNull()
  expect(await world.shop.checkNotification(idOf('ban_lifted'))).not.toBeNull()
})

test('one switch moves no other, also for a customer from before there were so many', async () => {
  const anna = await world.addCustomer('Anna')
  await world.deps.db
    .em()
    .nativeUpdate(CustomerEntity, { id: anna.id }, { notifications: { expiry: true, news: false } })
  const all = { expiry: true, traffic: true, news: false, offers: false, referral: true }
  expect(await world.shop.getNotificationSwitches(anna.id)).toEqual(all)
  expect(await world.shop.switchNotifications(anna.id, { news: true })).toEqual({ ...all, news: true })
  const both = [{ expiry: false }, { referral: false }]
  await Promise.all(both.map((change) => world.shop.switchNotifications(anna.id, change)))
  const after = { ...all, news: true, expiry: false, referral: false }
  expect(await world.shop.getNotificationSwitches(anna.id)).toEqual(after)
})

test('the database judges every combination of switches as the rule does', async () => {
  const anna = await world.addCustomer('Anna')
  const values = [undefined, true, false]
  for (const [news, offers, expiry, traffic] of values.flatMap((a) =>
    values.flatMap((b) => values.flatMap((c) => values.map((d) => [a, b, c, d] as const))),
  )) {
    const settings = JSON.parse(JSON.stringify({ news, offers, expiry, traffic })) as NotificationSettings
    await world.deps.db.em().nativeUpdate(CustomerEntity, { id: anna.id }, { notifications: settings })
    const rule = Object.fromEntries(notificationSwitches.map((which) => [which, isWanted(settings, which)]))
    expect(await world.shop.getNotificationSwitches(anna.id)).toEqual(rule)
  }
})

test('money, keys, limits and bans have no switch', () => {
  const silenced = Object.entries(notificationSwitch).flatMap(([kind, which]) => (which === 'always' ? [] : [kind]))
  expect(silenced).toEqual(['expiring', 'traffic_low', 'referral_bonus', 'referral_money', 'win_back'])
})
