import { dayMs, minuteMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

/* The owner hears before a customer pays for nothing, and what is paid and not delivered is one figure. */

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const told = async () =>
  (await em().execute<{ content: { kind: string } }[]>('select content from alert_events order by created_at, id'))
    .map((row) => row.content)
    .filter(({ kind }) => kind !== 'sale')

async function buy(name = 'Anna') {
  const customer = await world.addCustomer(name)
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return customer
}

describe('room', () => {
  test('is told when there is none, once, and when there is some again', async () => {
    await world.shop.watchRoom()
    await world.shop.watchRoom()
    expect(await told()).toEqual([{ kind: 'nobody_served', cause: 'no_server' }])
    await world.addServer(world.vless, 100)
    await world.shop.watchRoom()
    expect((await told()).at(-1)).toEqual({ kind: 'room_again', people: 100 })
  })

  test('that runs out is told days ahead, each threshold once', async () => {
    await world.addServer(world.vless, 19)
    await world.shop.watchRoom()
    for (let day = 0; day < 6; day++) {
      await buy(`Day ${day}`)
      world.clock.advance(dayMs)
      await world.shop.watchRoom()
    }
    expect(await told()).toEqual([{ kind: 'room_runs_out', people: 14, days: 14 }])
  })

  test('that ended rights hold is room', async () => {
    await world.addServer(world.vless, 1)
    await buy()
    expect((await world.shop.getRoom()).kind).toBe('full')
    world.clock.advance(31 * dayMs)
    await world.shop.expireSubscriptions()
    expect(await world.shop.getRoom()).toMatchObject({ kind: 'open', people: 1 })
  })

  test('on a server that gives keys to single devices alone is none for a newcomer, unless the shop has only such', async () => {
    await world.addServer(world.wireguard, 500)
    expect(await world.shop.getRoom()).toMatchObject({ kind: 'open', people: 500 })
    await world.addServer(world.vless, 1)
    expect(await world.shop.getRoom()).toMatchObject({ kind: 'open', people: 1, most: 1 })
    await buy('Anna')
    expect(await world.shop.getRoom()).toMatchObject({ kind: 'full', people: 0, most: 1 })
    const { id } = await world.addCustomer('Boris')
    expect(await world.shop.checkRoom(id)).toBe('waits')
    await world.shop.watchRoom()
    expect((await told()).at(-1)).toEqual({ kind: 'nobody_served', cause: 'full' })
  })

  test('on a server whose ways in take nobody new is none', async () => {
    await world.addServer(world.vless, 10)
    await em().execute('update endpoints set takes_newcomers = false')
    expect((await world.shop.getRoom()).kind).not.toBe('open')
  })

  test('is missed at the first sale that cannot be served', async () => {
    await world.addServer(world.vless, 1)
    await buy('Anna')
    await buy('Boris')
    await buy('Clara')
    expect(await told()).toEqual([{ kind: 'nobody_served', cause: 'full' }])
  })
})

describe('paid and not delivered', () => {
  test('counts who paid apart from who tries, with the cause and the longest wait', async () => {
    await world.addServer()
    world.vless.setDown(true)
    await buy('Anna')
    world.clock.advance(minuteMs)
    await buy('Boris')
    await world.shop.startTrial((await world.addCustomer('Clara')).id)
    await world.processAll(1)
    world.clock.advance(2 * minuteMs)
    const counted = await world.shop.countUndelivered()
    expect(counted).toMatchObject({ paid: 2, trials: 1 })
    expect(counted.oldestPaidAt).toEqual(new Date('2026-11-21T09:00:00Z'))
    expect(counted.causes).toMatchObject([
      { count: 3, oldestMs: 3 * minuteMs, reason: expect.stringContaining('answer') },
    ])
    world.vless.setDown(false)
    await world.processAll()
    expect(await world.shop.countUndelivered()).toMatchObject({ paid: 0, trials: 0, causes: [] })
  })

  test('counts those whose only server is away, and nobody whose right has ended', async () => {
    await world.addServer()
    await buy()
    await world.processAll()
    await em().execute(`update servers set state = 'down'`)
    world.clock.advance(2 * minuteMs)
    expect(await world.shop.countUndelivered()).toMatchObject({ paid: 1 })
    world.clock.advance(31 * dayMs)
    expect(await world.shop.countUndelivered()).toMatchObject({ paid: 0 })
  })

  test('is over for the staff when everybody has a key, in the message that told of it', async () => {
    const alerts = () =>
      em().execute<{ over_at: Date | null }[]>(`select over_at from alerts where kind = 'access_stuck'`)
    await world.addServer()
    world.vless.setDown(true)
    await buy()
    await world.processAll(1)
    world.clock.advance(6 * minuteMs)
    await world.shop.sweepAccesses()
    await world.shop.gatherStaffNotifications()
    await world.shop.sweepAccesses()
    expect((await told()).map(({ kind }) => kind)).toEqual(['access_stuck'])
    expect(await alerts()).toEqual([{ over_at: null }])
    world.vless.setDown(false)
    await world.processAll()
    await world.shop.sweepAccesses()
    await world.shop.sweepAccesses()
    expect((await told()).map(({ kind }) => kind)).toEqual(['access_stuck', 'access_healed'])
    await world.shop.gatherStaffNotifications()
    await world.shop.sweepAccesses()
    await world.shop.gatherStaffNotifications()
    expect(await alerts()).toEqual([{ over_at: expect.anything() }])
    expect(await em().execute(`select 1 from alerts where kind = 'access_healed'`)).toEqual([])
  })

  test('two hundred people with one trouble are one matter for the staff', async () => {
    await world.addServer()
    world.vless.setDown(true)
    for (let count = 0; count < 20; count++) await buy(`Customer ${count}`)
    await world.processAll(1)
    world.clock.advance(6 * minuteMs)
    await world.shop.sweepAccesses()
    expect(await told()).toMatchObject([{ kind: 'access_stuck', count: 20, since: '2026-11-21T09:00:00.000Z' }])
  })
})

test('kept figures are what a recount says, before and after they are kept', async () => {
  await world.addServer()
  const figures = async () => {
    const seen = await world.shop.getDashboard('operator')
    if (seen.kind === 'forbidden') throw new Error(seen.kind)
    const { sales, customers, subscriptions, payments } = seen.value
    return { sales, customers, subscriptions, payments }
  }
  for (let day = 0; day < 4; day++) {
    await buy(`Day ${day}`)
    const counted = await figures()
    world.clock.advance(40 * minuteMs)
    await world.shop.refreshFigures()
    await buy(`Day ${day}, later`)
    const kept = await figures()
    await em().execute(`delete from settings where key = 'check:figures'`)
    expect(kept).toEqual(await figures())
    expect(kept.payments.today).toBe(counted.payments.today + 1)
    await world.shop.refreshFigures()
    world.clock.advance(dayMs)
  }
})
