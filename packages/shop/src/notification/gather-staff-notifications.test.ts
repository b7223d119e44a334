import { minuteMs, type StaffAlert } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { StaffNotificationToSend } from './claim-staff-notifications.ts'
import { notifyStaff } from './notify-staff.ts'

const owner = 1n
const admin = 8n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.shop.addStaff('operator', { telegramId: admin, name: 'Admin', role: 'admin' })
  await world.shop.addStaff('operator', { telegramId: 9n, name: 'Agent', role: 'support' })
})
afterEach(() => world.close())

async function happens(...notifications: StaffAlert[]): Promise<void> {
  for (const notification of notifications)
    await world.deps.db.transaction((em) => notifyStaff(world.deps, em, notification, world.clock.now()))
  await world.shop.gatherStaffNotifications()
}

const message = (messageId: number) => ({ botId: 5n, chatId: 77n, messageId })

/** Whatever is due, told; each person's in the order in which they hear it. */
async function hear(): Promise<StaffNotificationToSend[]> {
  const heard: StaffNotificationToSend[] = []
  for (;;) {
    const due = await world.shop.claimStaffNotifications()
    if (due.length === 0) return heard
    for (const told of due) {
      heard.push(told)
      await world.shop.recordStaffNotification(told, { kind: 'sent', message: message(heard.length) })
    }
  }
}

const heardBy = (heard: readonly StaffNotificationToSend[], person: bigint) =>
  heard.filter(({ telegramId }) => telegramId === person)

const stuck = (n: number, reason = `acc_${n}: 10.0.0.${n} does not answer`): StaffAlert => ({
  kind: 'access_stuck',
  serverName: 'ams-1',
  count: n,
  reason,
})
const down: StaffAlert = { kind: 'server_down', serverName: 'ams-1', reason: 'no answer' }
const up: StaffAlert = { kind: 'server_up', serverName: 'ams-1' }

describe('who hears what', () => {
  test('the owner and the admins hear it, an agent does not', async () => {
    await happens(down)
    expect((await hear()).map(({ telegramId }) => telegramId).sort()).toEqual([owner, admin])
  })

  test('they are told in the language that they read the admin bot in', async () => {
    await world.shop.remember(`speaks:${owner}`, 'en')
    await happens(down)
    expect(heardBy(await hear(), owner)).toMatchObject([{ language: 'en' }])
  })

  test('what is rolled back is not told', async () => {
    const failing = world.deps.db.transaction(async (em) => {
      await notifyStaff(world.deps, em, down, world.clock.now())
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await world.shop.gatherStaffNotifications()).toBe(0)
  })

  test('an alarm comes before sales, however many wait', async () => {
    await happens(...Array.from({ length: 5 }, (_, n): StaffAlert => ({ kind: 'sale', paymentId: `pay_${n}` })), down)
    const [first] = heardBy(await hear(), owner)
    expect(first?.alert.content.kind).toBe('server_down')
  })
})

describe('many of one matter', () => {
  test('200 customers who wait for one panel are one message to each person, with their number', async () => {
    await happens(...Array.from({ length: 200 }, (_, n) => stuck(n)))
    const heard = await hear()
    expect(heard).toHaveLength(2)
    expect(heard.map(({ alert }) => alert.count)).toEqual([200, 200])
  })

  test('those who come later are counted in the message that is there, a few seconds later', async () => {
    await happens(stuck(1))
    await hear()
    await happens(stuck(2), stuck(3))
    expect(await hear()).toEqual([])
    world.clock.advance(5000)
    const [edited] = heardBy(await hear(), owner)
    expect(edited).toMatchObject({ alert: { count: 3 }, message: { botId: 5n, chatId: 77n } })
    world.clock.advance(60 * minuteMs)
    expect(await hear()).toEqual([])
  })

  test('what changes while a message is on its way is told after it', async () => {
    await happens(down)
    const due = await world.shop.claimStaffNotifications()
    await happens(up)
    for (const told of due) await world.shop.recordStaffNotification(told, { kind: 'sent', message: message(1) })
    world.clock.advance(5000)
    const [edited] = await hear()
    expect(edited?.alert.overAt).toEqual(new Date('2026-11-21T09:00:00Z'))
  })

  test('200 causes of one kind in a minute are ten messages and one that counts the rest', async () => {
    const reasons = Array.from({ length: 200 }, (_, n) =>
      [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join(''),
    )
    await happens(...reasons.map((reason, n) => stuck(n, reason)))
    const heard = heardBy(await hear(), owner)
    expect(heard).toHaveLength(11)
    expect(heard.find(({ alert }) => alert.isMany)?.alert.count).toBe(190)
  })

  test('ten sales in a minute are told apart; of more the number and the sum', async () => {
    const paid = []
    for (let n = 0; n < 14; n++) {
      const { paymentId } = await world.openInvoice(await world.addCustomer(`Person ${n}`))
      world.provider.pay(`inv-${paymentId}`)
      await world.shop.recheckPayment(paymentId)
      paid.push(paymentId)
    }
    await world.shop.gatherStaffNotifications()
    const heard = heardBy(await hear(), owner).filter(({ alert }) => alert.content.kind === 'sale')
    expect(heard).toHaveLength(11)
    const many = heard.find(({ alert }) => alert.isMany)!
    expect(many.alert.count).toBe(4)
    expect(await world.shop.sumSales(many.alertId)).toEqual([{ minor: 4n * 29_900n, currency: 'RUB' }])
    world.clock.advance(2 * minuteMs)
    const { paymentId } = await world.openInvoice(await world.addCustomer('Later'))
    world.provider.pay(`inv-${paymentId}`)
    await world.shop.recheckPayment(paymentId)
    await world.shop.gatherStaffNotifications()
    expect(heardBy(await hear(), owner).at(-1)?.alert).toMatchObject({ isMany: false, count: 1 })
  })

  test('a server that is up again is said in the message that said it was down', async () => {
    await happens(down)
    await hear()
    world.clock.advance(20 * minuteMs)
    await happens(up)
    world.clock.advance(5000)
    const heard = heardBy(await hear(), owner)
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ alert: { content: down }, message: { messageId: expect.any(Number) } })
    expect(heard[0]?.alert.overAt).not.toBeNull()
  })

  test('a server that goes down again soon goes on in its message, and a day later is a new one', async () => {
    await happens(down)
    await hear()
    await happens(up, down)
    world.clock.advance(5000)
    expect(heardBy(await hear(), owner)[0]).toMatchObject({ alert: { count: 2, overAt: null }, message: {} })
    world.clock.advance(24 * 60 * minuteMs)
    await happens(down)
    expect(heardBy(await hear(), owner)[0]).toMatchObject({ alert: { count: 1 }, message: null })
  })
})

describe('until everybody has heard it', () => {
  test('what Telegram did not take is told again, later each time, and to nobody twice', async () => {
    await happens(down)
    const due = await world.shop.claimStaffNotifications()
    for (const told of due)
      await world.shop.recordStaffNotification(
        told,
        told.telegramId === owner ? { kind: 'try_later', reason: '502' } : { kind: 'sent', message: message(1) },
      )
    expect(await world.shop.claimStaffNotifications()).toEqual([])
    expect(await world.shop.getStaffNotificationDelay()).toBeGreaterThan(0)
    world.clock.advance(30_000)
    expect((await hear()).map(({ telegramId }) => telegramId)).toEqual([owner])
  })

  test('whoever blocked the bot is done, and seen by the owner; nobody else is affected', async () => {
    await happens(down)
    for (const told of await world.shop.claimStaffNotifications())
      await world.shop.recordStaffNotification(
        told,
        told.telegramId === admin ? { kind: 'unreachable' } : { kind: 'sent', message: message(1) },
      )
    world.clock.advance(24 * 60 * minuteMs)
    expect(await hear()).toEqual([])
    expect(await world.shop.listUnreachableStaff()).toEqual([admin])
    await happens({ kind: 'backup_failed', reason: 'full' })
    await hear()
    expect(await world.shop.listUnreachableStaff()).toEqual([])
  })

  test('whoever starts the bot later hears what was said before, and is in reach at once', async () => {
    await happens(down)
    for (const told of await world.shop.claimStaffNotifications())
      await world.shop.recordStaffNotification(told, { kind: 'unreachable' })
    world.clock.advance(20 * minuteMs)
    await world.shop.resumeStaffNotifications(owner)
    expect(await world.shop.listUnreachableStaff()).toEqual([admin])
    expect(await hear()).toMatchObject([{ telegramId: owner, alert: { content: down } }])
    await world.shop.resumeStaffNotifications(owner)
    expect(await hear()).toEqual([])
  })

  test('of what was missed at most 20 are told, what is urgent first, and nothing of eight days ago', async () => {
    const missAll = async () => {
      for (let due = await world.shop.claimStaffNotifications(); due.length > 0; ) {
        for (const told of due) await world.shop.recordStaffNotification(told, { kind: 'unreachable' })
        due = await world.shop.claimStaffNotifications()
      }
    }
    await happens({ kind: 'backup_failed', reason: 'of long ago' })
    await missAll()
    world.clock.advance(8 * 24 * 60 * minuteMs)
    await happens(down)
    await missAll()
    for (let n = 0; n < 25; n++) {
      world.clock.advance(10 * minuteMs)
      await happens({ kind: 'sale', paymentId: `pay_${n}` })
      await missAll()
    }
    await world.shop.resumeStaffNotifications(owner)
    const heard = await hear()
    expect(heard).toHaveLength(20)
    expect(heard[0]?.alert.content).toEqual(down)
    expect(heard.every(({ alert }) => alert.content.kind !== 'backup_failed')).toBe(true)
    world.clock.advance(minuteMs)
    expect(await hear()).toEqual([])
  })

  test('what Telegram refuses for good ends, and the owner hears of it once', async () => {
    await happens(down, { kind: 'server_down', serverName: 'fra-1', reason: 'no answer' })
    for (let due = await world.shop.claimStaffNotifications(); due.length > 0; ) {
      for (const told of due) await world.shop.recordStaffNotification(told, { kind: 'refused', reason: 'can’t parse' })
      due = await world.shop.claimStaffNotifications()
    }
    await world.shop.gatherStaffNotifications()
    const heard = await hear()
    expect(heard.map(({ telegramId, alert }) => [telegramId, alert.content.kind])).toEqual([
      [owner, 'notification_refused'],
    ])
    for (const told of heard) await world.shop.recordStaffNotification(told, { kind: 'refused', reason: 'again' })
    expect(await world.shop.gatherStaffNotifications()).toBe(0)
  })

  test('two processes at once claim no notification twice; of one that died it is claimed again', async () => {
    await happens(down)
    const claims = await Promise.all(Array.from({ length: 6 }, () => world.shop.claimStaffNotifications()))
    expect(claims.flat()).toHaveLength(2)
    world.clock.advance(3 * minuteMs)
    expect(await hear()).toHaveLength(2)
  })

  test('what an earlier version left in the queue becomes rows', async () => {
    await world.shop.adoptStaffAlert({ kind: 'backup_failed', reason: 'the disk is full' })
    await world.shop.gatherStaffNotifications()
    expect(heardBy(await hear(), owner)[0]?.alert.content).toEqual({
      kind: 'backup_failed',
      reason: 'the disk is full',
    })
  })
})
