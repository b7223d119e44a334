import { AuditEntity, CustomerEntity, RecipientEntity } from '@vpn-kiosk/db'
import type { BroadcastId, CustomerId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const owner = 1n
const stranger = 404n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

async function draft(text = 'Hello'): Promise<BroadcastId> {
  const result = await world.shop.createBroadcast(owner, text)
  if (result.kind !== 'created') throw new Error(result.kind)
  return result.broadcastId
}

async function started(people: number): Promise<BroadcastId> {
  for (let count = 0; count < people; count++) await world.addCustomer(`Person ${count}`)
  const id = await draft()
  await world.shop.startBroadcast(owner, id)
  await fill(id)
  return id
}

/** Writes everybody down, as the sender does. */
async function fill(id: BroadcastId): Promise<void> {
  while ((await world.shop.fillBroadcast(id)).kind === 'more');
}

/** At most `count` people whom this caller alone got, as a sender finds and claims them. */
async function claimed(id: BroadcastId, count: number): Promise<CustomerId[]> {
  const mine: CustomerId[] = []
  for (let after: CustomerId | null = null; mine.length < count; ) {
    const [next] = await world.shop.listRecipients(id, { after, count: 1 })
    if (!next) return mine
    after = next.customerId
    if ((await world.shop.claimRecipient(id, next.customerId)).kind === 'claimed') mine.push(next.customerId)
  }
  return mine
}

const card = async (id: BroadcastId) => {
  const seen = await world.shop.getBroadcastCard(owner, id)
  if (seen.kind === 'forbidden' || !seen.value) throw new Error('no such broadcast')
  return seen.value
}

describe('whom a broadcast is for', () => {
  test('the banned, the unreachable and who wants no news are left out', async () => {
    const anna = await world.addCustomer('Anna')
    const banned = await world.addCustomer('Boris')
    const gone = await world.addCustomer('Vera')
    const quiet = await world.addCustomer('Gleb')
    await world.shop.banCustomer(owner, banned.id)
    await world.shop.markUnreachable(gone.telegramId)
    await world.shop.switchNotifications(quiet.id, { news: false })
    expect(await world.shop.countRecipients(owner)).toEqual({ kind: 'seen', value: { count: 1, isExact: true } })
    const id = await draft()
    expect(await world.shop.startBroadcast(owner, id)).toEqual({ kind: 'started', total: 1 })
    await fill(id)
    expect(await claimed(id, 10)).toEqual([anna.id])
    await world.shop.switchNotifications(quiet.id, { news: true })
    expect(await world.shop.countRecipients(owner)).toEqual({ kind: 'seen', value: { count: 2, isExact: true } })
    const kept = await em().findOneOrFail(CustomerEntity, { id: quiet.id })
    expect(kept.notifications).toEqual({ expiry: true, traffic: true, news: true, offers: true, referral: true })
  })

  test('who wants no more news leaves a broadcast that is being sent, which ends without them', async () => {
    const anna = await world.addCustomer('Anna')
    const vera = await world.addCustomer('Vera')
    const id = await draft()
    await world.shop.startBroadcast(owner, id)
    await fill(id)
    await Promise.all([1, 2].map(() => world.shop.switchNotifications(anna.id, { news: false })))
    expect(await claimed(id, 10)).toEqual([vera.id])
    await world.shop.recordOutcomes(id, [{ customerId: vera.id, outcome: 'sent' }])
    expect(await world.shop.finishBroadcast(id, { waitForOthers: true })).toEqual({ kind: 'finished' })
    expect((await card(id)).progress).toMatchObject({ total: 1, sent: 1 })
  })

  test('an empty text and one over 4096 are refused', async () => {
    expect(await world.shop.createBroadcast(owner, ' \n ')).toEqual({ kind: 'empty' })
    expect(await world.shop.createBroadcast(owner, 'x'.repeat(4097))).toEqual({ kind: 'too_long', max: 4096 })
  })
})

describe('claiming', () => {
  test('twenty claimers at once never get the same person, and miss nobody', { timeout: 90_000 }, async () => {
    const id = await started(60)
    const all: CustomerId[] = []
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let batch = await claimed(id, 2); batch.length > 0; batch = await claimed(id, 2)) all.push(...batch)
      }),
    )
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(60)
  })

  test('who waits is listed in pages, and whom one sender has claimed the other is refused', async () => {
    const id = await started(5)
    const first = await world.shop.listRecipients(id, { after: null, count: 3 })
    const second = await world.shop.listRecipients(id, { after: first[2]!.customerId, count: 3 })
    const everybody = [...first, ...second].map((one) => one.customerId)
    expect([first.length, second.length, new Set(everybody).size]).toEqual([3, 2, 5])
    expect(await world.shop.claimRecipient(id, everybody[1]!)).toEqual({ kind: 'claimed' })
    expect(await world.shop.claimRecipient(id, everybody[1]!)).toEqual({ kind: 'taken' })
    const left = await world.shop.listRecipients(id, { after: null, count: 10 })
    expect(left.map((one) => one.customerId)).toEqual(everybody.filter((_, index) => index !== 1))
  })

  test('who was being written to when the process died is never claimed again, and counts as unknown at the end', async () => {
    const id = await started(3)
    const [first] = await claimed(id, 2)
    await world.shop.recordOutcomes(id, [{ customerId: first!, outcome: 'sent' }])
    const rest = await claimed(id, 10)
    expect(rest).toHaveLength(1)
    await world.shop.recordOutcomes(id, [{ customerId: rest[0]!, outcome: 'unreachable' }])
    expect((await card(id)).progress).toEqual({ total: 3, sent: 1, unreachable: 1, failed: 0, queued: 1, unknown: 0 })
    expect(await world.shop.finishBroadcast(id, { waitForOthers: true })).toEqual({ kind: 'in_flight' })
    expect(await world.shop.finishBroadcast(id, { waitForOthers: false })).toEqual({ kind: 'finished' })
    expect((await card(id)).progress).toEqual({ total: 3, sent: 1, unreachable: 1, failed: 0, queued: 0, unknown: 1 })
    const gone = await em().findOneOrFail(CustomerEntity, { id: rest[0]! })
    expect(gone.unreachableAt).not.toBeNull()
  })

  test('a definite refusal gives the person back, silence does not', async () => {
    const id = await started(2)
    const [one, two] = await claimed(id, 2)
    await world.shop.recordOutcomes(id, [
      { customerId: one!, outcome: 'queued' },
      { customerId: two!, outcome: 'unknown' },
    ])
    expect(await claimed(id, 10)).toEqual([one])
    await world.shop.recordOutcomes(id, [{ customerId: one!, outcome: 'sent' }])
    expect(await world.shop.finishBroadcast(id, { waitForOthers: true })).toEqual({ kind: 'finished' })
    expect((await card(id)).progress).toMatchObject({ sent: 1, unknown: 1 })
  })

  test('a report that comes late does not change what was recorded', async () => {
    const id = await started(1)
    const [one] = await claimed(id, 1)
    await world.shop.recordOutcomes(id, [{ customerId: one!, outcome: 'sent' }])
    await world.shop.recordOutcomes(id, [{ customerId: one!, outcome: 'queued' }])
    expect(await claimed(id, 1)).toEqual([])
  })
})

describe('starting and stopping', () => {
  test('five taps at once start it once', async () => {
    await world.addCustomer()
    const id = await draft()
    const results = await Promise.all(Array.from({ length: 5 }, () => world.shop.startBroadcast(owner, id)))
    expect(results.filter((result) => result.kind === 'started')).toHaveLength(1)
    await fill(id)
    expect(await em().count(RecipientEntity, { broadcastId: id })).toBe(1)
    const jobs = await em().execute(`select 1 from pgboss.job where name = 'deliver-broadcast'`)
    expect(jobs).toHaveLength(1)
  })

  test('after a cancel nobody is claimed, and what was not sent is counted', async () => {
    const id = await started(4)
    const [one] = await claimed(id, 1)
    expect(await world.shop.cancelBroadcast(owner, id)).toEqual({ kind: 'canceled' })
    const [next] = await world.shop.listRecipients(id, { after: null, count: 1 })
    expect(await world.shop.claimRecipient(id, next!.customerId)).toEqual({ kind: 'not_running' })
    await world.shop.recordOutcomes(id, [{ customerId: one!, outcome: 'sent' }])
    expect(await card(id)).toMatchObject({ state: 'canceled', progress: { sent: 1, queued: 3 } })
    expect(await world.shop.cancelBroadcast(owner, id)).toEqual({ kind: 'not_possible', state: 'canceled' })
    expect(await world.shop.listRunningBroadcasts()).toEqual([])
  })

  test('what is running is named for the next start', async () => {
    const id = await started(1)
    await draft('not started')
    expect(await world.shop.listRunningBroadcasts()).toEqual([id])
  })
})

describe('writing down whom it is for', () => {
  const manyPeople = (count: number) =>
    em().execute(
      `insert into customers (id, telegram_id, first_name, language, referral_code, notifications, last_active_at, created_at)
       select 'cus_' || lpad(n::text, 20, '0'), 100000 + n, 'Person ' || n, 'ru', 'r' || n, '{"expiry": true, "news": true}', now(), now()
       from generate_series(1, ?::int) n`,
      [count],
    )

  test('goes in pages, by two at once, from the mark on after a death, and writes everybody down once', async () => {
    await manyPeople(1100)
    const id = await draft()
    expect(await world.shop.startBroadcast(owner, id)).toEqual({ kind: 'started', total: 1100 })
    expect(await world.shop.finishBroadcast(id, { waitForOthers: true })).toEqual({ kind: 'filling' })
    expect((await card(id)).isCounted).toBe(false)
    const pages = await Promise.all([world.shop.fillBroadcast(id), world.shop.fillBroadcast(id)])
    expect(pages).toEqual([{ kind: 'more' }, { kind: 'more' }])
    expect(await em().count(RecipientEntity, { broadcastId: id })).toBe(1000)
    expect(await world.shop.fillBroadcast(id)).toEqual({ kind: 'filled' })
    expect(await world.shop.fillBroadcast(id)).toEqual({ kind: 'filled' })
    expect(await em().count(RecipientEntity, { broadcastId: id })).toBe(1100)
    expect(await card(id)).toMatchObject({ isCounted: true, progress: { total: 1100, queued: 1100 } })
  })

  test('who bans, blocks or wants no news before their page is left out, and a cancel stops it', async () => {
    await manyPeople(1100)
    const id = await draft()
    await world.shop.startBroadcast(owner, id)
    await world.shop.fillBroadcast(id)
    await em().execute(`update customers set unreachable_at = now() where telegram_id = 100000 + 900`)
    await world.shop.fillBroadcast(id)
    expect(await em().count(RecipientEntity, { broadcastId: id, customerId: 'cus_00000000000000000900' })).toBe(0)
    await world.shop.cancelBroadcast(owner, id)
    expect(await world.shop.fillBroadcast(id)).toEqual({ kind: 'not_running' })
    expect(await em().count(RecipientEntity, { broadcastId: id })).toBe(1000)
  })

  test('a customer who buys meanwhile is not waited for, nor made to wait', async () => {
    const anna = await world.addCustomer()
    const id = await draft()
    await world.shop.startBroadcast(owner, id)
    await world.deps.db.transaction(async (buying) => {
      await buying.execute('select id from customers where id = ? for no key update', [anna.id])
      expect(await world.shop.fillBroadcast(id)).toEqual({ kind: 'filled' })
    })
    expect(await em().count(RecipientEntity, { broadcastId: id })).toBe(1)
  })

  test('its end is told to the staff, once', async () => {
    const id = await started(0)
    expect(await world.shop.finishBroadcast(id, { waitForOthers: true })).toEqual({ kind: 'finished' })
    expect(await world.shop.finishBroadcast(id, { waitForOthers: true })).toEqual({ kind: 'not_running' })
    expect(await em().execute('select content from alert_events')).toEqual([
      { content: { kind: 'broadcast_finished', broadcastId: id } },
    ])
  })
})

test('a message that is watched is kept until it shows something else', async () => {
  const id = await draft()
  const message = { botId: 42n, chatId: 1n, messageId: 7 }
  await world.shop.watchBroadcast({ ...message, broadcastId: id, language: 'ru' })
  await world.shop.watchBroadcast({ ...message, broadcastId: id, language: 'en' })
  expect(await world.shop.listBroadcastWatches(42n)).toEqual([{ ...message, broadcastId: id, language: 'en' }])
  expect(await world.shop.listBroadcastWatches(43n)).toEqual([])
  await world.shop.unwatchMessage(message)
  expect(await world.shop.listBroadcastWatches(42n)).toEqual([])
})

test('a stranger sends and sees nothing', async () => {
  await world.addCustomer()
  const id = await draft()
  const audited = await em().count(AuditEntity)
  const refused = { kind: 'forbidden' }
  expect(await world.shop.createBroadcast(stranger, 'spam')).toEqual(refused)
  expect(await world.shop.countRecipients(stranger)).toEqual(refused)
  expect(await world.shop.startBroadcast(stranger, id)).toEqual(refused)
  expect(await world.shop.cancelBroadcast(stranger, id)).toEqual(refused)
  expect(await world.shop.getBroadcastCard(stranger, id)).toEqual(refused)
  expect(await world.shop.listBroadcasts(stranger)).toEqual(refused)
  expect(await card(id)).toMatchObject({ state: 'draft' })
  expect(await em().count(AuditEntity)).toBe(audited)
})
