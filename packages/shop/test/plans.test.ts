import { AuditEntity, PlanEntity } from '@vpn-kiosk/db'
import { money } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { PlanDraft } from '../src/index.ts'

const owner = 1n
let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())

const em = () => world.fixture.database.em()
let plans = 0
const draft = (change: Partial<PlanDraft> = {}): PlanDraft => ({
  code: `plan-${++plans}`,
  title: { ru: 'Nedelya', en: 'A week' },
  days: 7,
  price: '99.50',
  currency: 'RUB',
  otherPrices: [],
  trafficGigabytes: 10,
  devices: 2,
  isActive: true,
  isPopular: false,
  position: 9,
  ...change,
})

describe('a plan', () => {
  test('is created in gibibytes and kopecks, is on sale at once and leaves an audit row', async () => {
    const created = await world.shop.createPlan(owner, draft({ code: 'week' }))
    expect(created).toMatchObject({ kind: 'created' })
    const plan = (await world.shop.listPlans()).find(({ code }) => code === 'week')
    expect(plan).toMatchObject({ price: { minor: 9_950n }, trafficLimitBytes: 10n * 1024n ** 3n, deviceLimit: 2 })
    expect(await em().findOne(AuditEntity, { action: 'create_plan' })).toMatchObject({ subject: plan!.id })
  })

  test('that another has changed meanwhile is not changed blindly, and two at once are told apart', async () => {
    await world.shop.createPlan(owner, draft({ code: 'shared' }))
    const id = (await world.shop.listPlans()).find(({ code }) => code === 'shared')!.id
    const writes = await Promise.all(
      ['149', '199'].map((price) => world.shop.updatePlan(owner, id, { price }, { price: '99.50' })),
    )
    expect(writes.map(({ kind }) => kind).sort()).toEqual(['changed_meanwhile', 'updated'])
    const title = { ru: 'Nedelya', en: 'Seven days' }
    const seen = { title: { en: 'A week', ru: 'Nedelya' } }
    expect(await world.shop.updatePlan(owner, id, { title }, seen)).toEqual({ kind: 'updated' })
    expect(await world.shop.updatePlan(owner, id, { title }, seen)).toEqual({ kind: 'changed_meanwhile' })
    expect(await world.shop.updatePlan(owner, id, { devices: 5 }, { devices: 2 })).toEqual({ kind: 'updated' })
  })

  test.each<[keyof PlanDraft, Partial<PlanDraft>]>([
    ['price', { price: '0' }],
    ['price', { price: '0.00' }],
    ['price', { price: '-1' }],
    ['price', { price: 'NaN' }],
    ['price', { price: '' }],
    ['price', { price: '1e3' }],
    ['price', { price: '99.999' }],
    ['price', { price: '99999999999999999999' }],
    ['price', { price: '10000000.01' }],
    ['otherPrices', { otherPrices: [{ price: '0', currency: 'EUR' }] }],
    ['otherPrices', { otherPrices: [{ price: '-5', currency: 'EUR' }] }],
    ['otherPrices', { otherPrices: [{ price: '4.999', currency: 'EUR' }] }],
    ['otherPrices', { otherPrices: [{ price: '150.5', currency: 'XTR' }] }],
    ['otherPrices', { otherPrices: [{ price: '9007199254740993', currency: 'XTR' }] }],
    ['otherPrices', { otherPrices: [{ price: '9223372036854775808', currency: 'XTR' }] }],
    ['otherPrices', { otherPrices: [{ price: '99', currency: 'RUB' }] }],
    ['otherPrices', { otherPrices: [{ price: '5', currency: 'JPY' as never }] }],
    ['otherPrices', { otherPrices: ['5', '6'].map((price) => ({ price, currency: 'EUR' as const })) }],
    ['days', { days: 0 }],
    ['days', { days: Number.NaN }],
    ['days', { days: 1.5 }],
    ['days', { days: 2 ** 31 }],
    ['trafficGigabytes', { trafficGigabytes: 0 }],
    ['trafficGigabytes', { trafficGigabytes: Number.POSITIVE_INFINITY }],
    ['devices', { devices: 0 }],
    ['devices', { devices: 2 ** 31 }],
    ['title', { title: { ru: ' ', en: 'x' } }],
    ['code', { code: 'No spaces' }],
    ['position', { position: -1 }],
  ])('with a wrong %s is refused: %j', async (field, change) => {
    expect(await world.shop.createPlan(owner, draft(change))).toEqual({ kind: 'invalid_plan', field })
  })

  test('of the same code is made once, however often and at once it is asked for', async () => {
    const results = await Promise.all([1, 2, 3].map(() => world.shop.createPlan(owner, draft({ code: 'twice' }))))
    expect(results.map(({ kind }) => kind).sort()).toEqual(['code_taken', 'code_taken', 'created'])
  })

  test('is changed field by field; a price of nothing is refused, and what is not named stays', async () => {
    const { id } = await em().findOneOrFail(PlanEntity, { code: 'month' })
    expect(await world.shop.updatePlan(owner, id, { price: '0' })).toEqual({ kind: 'invalid_plan', field: 'price' })
    expect(await world.shop.updatePlan(owner, id, { price: '349', devices: 4 })).toEqual({ kind: 'updated' })
    expect(await world.shop.updatePlan(owner, id, { price: '349' })).toEqual({ kind: 'unchanged' })
    const plan = await em().findOneOrFail(PlanEntity, { id })
    expect(plan).toMatchObject({ priceMinor: 34_900n, deviceLimit: 4, days: 30, trafficLimitBytes: null })
    const audit = await em().findOneOrFail(AuditEntity, { action: 'update_plan', subject: id })
    expect(audit).toMatchObject({ before: { priceMinor: '29900' }, after: { priceMinor: '34900' } })
  })

  test('has one price in each further currency, changed together and seen on every list', async () => {
    const otherPrices = [
      { price: '150', currency: 'XTR' as const },
      { price: '4.9', currency: 'EUR' as const },
    ]
    await world.shop.createPlan(owner, draft({ code: 'priced', otherPrices }))
    const listed = async () => (await world.shop.listPlans()).find(({ code }) => code === 'priced')!
    const { id, otherPrices: first } = await listed()
    expect(first).toEqual([money(490n, 'EUR'), money(150n, 'XTR')])
    const change = { otherPrices: [{ price: '7', currency: 'USD' as const }] }
    const seen = { otherPrices: [{ price: '4.90', currency: 'EUR' as const }, otherPrices[0]!] }
    expect(await world.shop.updatePlan(owner, id, change, seen)).toEqual({ kind: 'updated' })
    expect(await world.shop.updatePlan(owner, id, change, seen)).toEqual({ kind: 'changed_meanwhile' })
    expect(await world.shop.updatePlan(owner, id, change)).toEqual({ kind: 'unchanged' })
    expect(await world.shop.updatePlan(owner, id, { days: 8 })).toEqual({ kind: 'updated' })
    expect((await listed()).otherPrices).toEqual([money(700n, 'USD')])
    const staff = await world.shop.listPlansAsStaff(owner)
    expect(staff.kind === 'seen' && staff.value.find((plan) => plan.id === id)?.otherPrices).toEqual([
      money(700n, 'USD'),
    ])
    const audit = await em().findOneOrFail(
      AuditEntity,
      { action: 'update_plan', subject: id },
      { orderBy: { at: 'asc' } },
    )
    expect(audit).toMatchObject({ before: { otherPrices: ['4.90 EUR', '150 XTR'] } })
    expect(await world.shop.updatePlan(owner, id, { otherPrices: [] })).toEqual({ kind: 'updated' })
    expect((await listed()).otherPrices).toEqual([])
  })

  test('for trying has another size, a price if it has one, and none in other currencies alone', async () => {
    const { id } = await em().findOneOrFail(PlanEntity, { isTrial: true })
    expect(await world.shop.updatePlan(owner, id, { price: '-1' })).toEqual({ kind: 'invalid_plan', field: 'price' })
    const otherPrices = [{ price: '1', currency: 'EUR' as const }]
    const refused = { kind: 'invalid_plan', field: 'otherPrices' }
    expect(await world.shop.updatePlan(owner, id, { otherPrices })).toEqual(refused)
    expect(await world.shop.updatePlan(owner, id, { trafficGigabytes: 5, devices: 1 })).toEqual({ kind: 'updated' })
    expect(await world.shop.updatePlan(owner, id, { days: 2 })).toEqual({ kind: 'updated' })
    for (const price of ['1', '0'])
      expect(await world.shop.updatePlan(owner, id, { price })).toEqual({ kind: 'updated' })
    expect(await em().findOneOrFail(PlanEntity, { id })).toMatchObject({ trafficLimitBytes: 5n * 1024n ** 3n })
  })

  test('is shown to staff with those that are not on sale, and to nobody else', async () => {
    const { id } = await em().findOneOrFail(PlanEntity, { code: 'year' })
    await world.shop.updatePlan(owner, id, { isActive: false })
    const seen = await world.shop.listPlansAsStaff(owner)
    expect(seen.kind === 'seen' && seen.value.find(({ code }) => code === 'year')).toMatchObject({ isActive: false })
    expect(await world.shop.listPlansAsStaff(404n)).toEqual({ kind: 'forbidden' })
    await world.shop.addStaff(owner, { telegramId: 7n, name: 'Agent', role: 'support' })
    for (const actor of [7n, 404n]) {
      expect(await world.shop.createPlan(actor, draft())).toEqual({ kind: 'forbidden' })
      expect(await world.shop.updatePlan(actor, id, { days: 1 })).toEqual({ kind: 'forbidden' })
      expect(await world.shop.changeOffer(actor, { trialDays: 9 })).toEqual({ kind: 'forbidden' })
    }
  })

  test('that changes leaves what was bought as it was', async () => {
    const anna = await world.addCustomer()
    const { paymentId, reference } = await world.openInvoice(anna, 'month')
    world.provider.pay(reference)
    await world.shop.settlePayment(paymentId)
    const { id } = await em().findOneOrFail(PlanEntity, { code: 'month' })
    await world.shop.updatePlan(owner, id, { devices: 1, trafficGigabytes: 1 })
    expect(await world.shop.getSubscription(anna.id)).toMatchObject({ deviceLimit: 4, trafficLimitBytes: null })
  })

  test('that changes or leaves the price list while an invoice is open sells what the invoice was for', async () => {
    const boris = await world.addCustomer('Boris')
    await world.shop.createPlan(owner, draft({ code: 'open-invoice', trafficGigabytes: null, devices: 5 }))
    const { id } = await em().findOneOrFail(PlanEntity, { code: 'open-invoice' })
    const { paymentId, reference } = await world.openInvoice(boris, 'open-invoice')
    const change = { devices: 1, trafficGigabytes: 1, days: 1, price: '900.00', isActive: false }
    expect(await world.shop.updatePlan(owner, id, change)).toEqual({ kind: 'updated' })
    world.provider.pay(reference)
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
    expect(await world.shop.getSubscription(boris.id)).toMatchObject({
      deviceLimit: 5,
      trafficLimitBytes: null,
      daysLeft: 7,
    })
  })

  test('that changes after the press is shown with its invoice as the invoice sells it, and a new press buys the new one', async () => {
    const clara = await world.addCustomer('Clara')
    await world.shop.createPlan(owner, draft({ code: 'pressed', trafficGigabytes: 10, devices: 5 }))
    const { id: planId } = await em().findOneOrFail(PlanEntity, { code: 'pressed' })
    const press = (requestId: string) =>
      world.shop.startPurchase({
        customerId: clara.id,
        planId,
        providerId: world.provider.id,
        returnUrl: 'https://t.me/x',
        description: 'VPN',
        requestId,
      })
    const first = await press('press001')
    await world.shop.updatePlan(owner, planId, { devices: 1 })
    const renewed = await press('press002')
    await world.shop.updatePlan(owner, planId, { price: '900.00', days: 9 })
    const again = await press('press001')
    if (first.kind !== 'invoice' || renewed.kind !== 'invoice' || again.kind !== 'invoice')
      throw new Error('no invoice')
    expect(again.paymentId).toBe(first.paymentId)
    expect(again.plan).toEqual(first.plan)
    expect(renewed.orderId).not.toBe(first.orderId)
    expect(renewed.plan).toMatchObject({ deviceLimit: 1, days: 7 })
  })
})

describe('what the shop gives away', () => {
  test('is the configuration’s until staff choose otherwise, and then holds', async () => {
    expect(await world.shop.readOffer()).toMatchObject({ trialDays: 3, referralBonusDays: 7, sellsWithoutRoom: true })
    expect(await world.shop.changeOffer(owner, { trialDays: 5 })).toMatchObject({ kind: 'changed' })
    const anna = await world.addCustomer()
    expect(await world.shop.startTrial(anna.id)).toMatchObject({ kind: 'started', days: 5 })
    expect((await world.shop.getReferral(anna.id)).offer.referralBonusDays).toBe(7)
    await world.shop.changeOffer(owner, { trialDays: 0, referralBonusDays: 14 })
    expect(await world.shop.startTrial((await world.addCustomer()).id)).toEqual({ kind: 'not_offered' })
    expect((await world.shop.getReferral(anna.id)).offer.referralBonusDays).toBe(14)
  })

  test.each([
    { trialDays: -1 },
    { trialDays: 1.5 },
    { referralBonusDays: Number.NaN },
    { referralBonusDays: 366 },
    { referralPercent: 51 },
    { friendBonusDays: -1 },
    { referralPercentSecond: 0.5 },
  ])('is refused when it makes no sense: %j', async (change) => {
    expect(await world.shop.changeOffer(owner, change)).toMatchObject({ kind: 'invalid_offer' })
  })
})
