import { addMs, type Customer, dayMs, hourMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

let world: TestShop
let crashAt: string | null
let anna: Customer

beforeEach(async () => {
  crashAt = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name === crashAt) throw new Error(`died at ${name}`)
    },
  })
  await world.addServer()
  await world.shop.changeOffer(1n, { freezeDays: 14, freezesPerYear: 2 })
  anna = await world.addCustomer()
})
afterEach(() => world.close())

async function buy(customer = anna) {
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
  await world.processAll()
  return paymentId
}

const state = () => world.shop.getFreeze(anna.id)
const wish = async () => ({ customerId: anna.id, endsAt: (await state())!.endsAt })
const freeze = async () => world.shop.freezeSubscription(await wish())
const unfreeze = async () => world.shop.unfreezeSubscription(await wish())
const summary = async () => (await world.shop.getSubscription(anna.id))!
const isOpen = () => [...world.vless.accounts.values()].some(({ enabled }) => enabled)
const told = async (kind: string): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ n: number }[]>(`select count(*)::int as n from notifications where content->>'kind' = ?`, [kind])
  return row!.n
}

test('while it is frozen nobody gets in and no time passes; the rest runs on after one tap', async () => {
  await buy()
  world.clock.advance(10 * dayMs)
  const { leftMs } = await summary()
  expect(await state()).toMatchObject({ kind: 'offered', left: 2 })
  expect(await freeze()).toBe('frozen')
  await world.processAll()
  expect(isOpen()).toBe(false)
  expect(await summary()).toMatchObject({ standing: 'frozen' })
  expect(await state()).toMatchObject({ kind: 'frozen', until: addMs(world.clock.now(), 14 * dayMs) })
  world.clock.advance(5 * dayMs)
  expect(await world.shop.endFreezes()).toBe(0)
  await world.shop.startStretches()
  expect(await unfreeze()).toBe('unfrozen')
  await world.processAll()
  expect(isOpen()).toBe(true)
  expect(await summary()).toMatchObject({ standing: 'active', leftMs })
})

test('it ends by itself after the longest time, however late the sweep, and the customer is told once', async () => {
  await buy()
  world.clock.advance(10 * dayMs)
  const { leftMs } = await summary()
  await freeze()
  world.clock.advance(60 * dayMs)
  expect(await world.shop.endFreezes()).toBe(1)
  expect(await world.shop.endFreezes()).toBe(0)
  await world.processAll()
  expect(await summary()).toMatchObject({ standing: 'active', leftMs })
  expect([isOpen(), await told('freeze_ended')]).toEqual([true, 1])
})

test('it is frozen once by ten who press at once, and as often a year as the shop allows', async () => {
  await buy()
  const shown = await wish()
  const pressed = await Promise.all(Array.from({ length: 10 }, () => world.shop.freezeSubscription(shown)))
  expect(new Set(pressed)).toEqual(new Set(['frozen']))
  expect((await state())?.left).toBe(1)
  expect(await unfreeze()).toBe('unfrozen')
  world.clock.advance(hourMs)
  // The first button again: the end is another by now.
  expect(await world.shop.freezeSubscription({ ...shown, endsAt: addMs(shown.endsAt, -dayMs) })).toBe('differs')
  expect(await freeze()).toBe('frozen')
  expect(await unfreeze()).toBe('unfrozen')
  expect(await state()).toMatchObject({ kind: 'used_up', left: 0 })
  expect(await freeze()).toBe('not_offered')
})

test.each(['freeze:before-commit', 'unfreeze:before-commit'])('whoever dies at %s has changed nothing', async (at) => {
  await buy()
  if (at.startsWith('un')) await freeze()
  const before = [await summary(), await state()]
  crashAt = at
  await expect(at.startsWith('un') ? unfreeze() : freeze()).rejects.toThrow('died')
  crashAt = null
  expect([await summary(), await state()]).toEqual(before)
})

test('a trial, an ended subscription and a banned customer are not frozen; nor anything where the shop says so', async () => {
  await world.shop.startTrial(anna.id)
  await world.processAll()
  expect(await state()).toMatchObject({ kind: 'not_now' })
  expect(await freeze()).toBe('not_offered')
  await buy()
  await world.shop.banCustomer(1n, anna.id)
  expect(await world.shop.freezeSubscription({ customerId: anna.id, endsAt: (await summary()).endsAt! })).toBe('banned')
  await world.shop.unbanCustomer(1n, anna.id)
  await world.shop.changeOffer(1n, { freezeDays: 0 })
  expect(await state()).toBeNull()
})

test('what is lent after the end is not frozen', async () => {
  await world.shop.changeOffer(1n, { graceHours: 24 })
  await buy()
  world.clock.advance(30 * dayMs - 1)
  await world.shop.giveGrace()
  world.clock.advance(hourMs)
  await world.shop.startStretches()
  expect(await state()).toMatchObject({ kind: 'not_now' })
  expect(await freeze()).toBe('not_offered')
})

test('what is bought meanwhile is told at once and waits; a ban and its end leave the freeze as it was', async () => {
  await buy()
  await freeze()
  const { leftMs } = await summary()
  await buy()
  expect(await summary()).toMatchObject({ standing: 'frozen', leftMs: leftMs + 30 * dayMs })
  expect([isOpen(), await told('renewed')]).toEqual([false, 1])
  await world.shop.banCustomer(1n, anna.id)
  await world.shop.unbanCustomer(1n, anna.id)
  await world.processAll()
  expect(await summary()).toMatchObject({ standing: 'frozen' })
  await unfreeze()
  expect((await summary()).leftMs).toBe(60 * dayMs)
})

test('no revenue is earned while it is frozen, and a refund gives back what is left', async () => {
  const paymentId = await buy()
  world.clock.advance(10 * dayMs)
  await world.shop.recognizeRevenue()
  const owed = async () => {
    const [row] = await world.fixture.database
      .em()
      .execute<{ n: string }[]>(`select deferred_minor as n from sales where payment_id = ?`, [paymentId])
    return Number(row!.n)
  }
  await freeze()
  world.clock.advance(dayMs)
  await world.shop.recognizeRevenue()
  const frozen = await owed()
  world.clock.advance(12 * dayMs)
  await world.shop.recognizeRevenue()
  expect(await owed()).toBe(frozen)
  expect(frozen).toBe(Math.ceil((29_900 * 20) / 30))
  const asked = await world.shop.requestRefund(1n, { paymentId, requestId: 'r1', byHand: false, minor: 29_900n })
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  await world.shop.carryOutRefund(asked.refundId)
  expect([await owed(), await world.shop.checkBooks()]).toEqual([0, []])
  world.clock.advance(20 * dayMs)
  await world.shop.endFreezes()
  await world.shop.expireSubscriptions()
  expect((await summary()).standing).toBe('expired')
  // Nothing goes on that anybody could be told of.
  const said = `select content from notifications where content->>'kind' = 'freeze_ended'`
  expect(await world.fixture.database.em().execute(said)).toEqual([])
})

test('staff end it, with a row of the audit; who may not, cannot', async () => {
  await buy()
  await freeze()
  expect(await world.shop.unfreezeAsStaff(99n, anna.id)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.unfreezeAsStaff(1n, anna.id)).toEqual({ kind: 'unfrozen' })
  expect(await world.shop.unfreezeAsStaff(1n, anna.id)).toEqual({ kind: 'not_frozen' })
  expect(await told('freeze_ended')).toBe(1)
  const [row] = await world.fixture.database
    .em()
    .execute<{ n: number }[]>(`select count(*)::int as n from audit_log where action = 'unfreeze_subscription'`)
  expect(row!.n).toBe(1)
})
