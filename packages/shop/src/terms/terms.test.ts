import { type Customer, money } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

const owner = 1n
let world: TestShop
let anna: Customer

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
  anna = await world.addCustomer()
})
afterEach(() => world.close())

const write = (text: string | null) =>
  world.shop.changeTerms(owner, { kind: 'write', document: 'offer', language: 'ru', text })
const require = (isRequired: boolean) => world.shop.changeTerms(owner, { kind: 'require', isRequired })

async function waysToPay(customer = anna) {
  const planId = (await world.shop.listPlans()).find(({ code }) => code === 'month')!.id
  const of = { customerId: customer.id, providerId: 'fake', returnUrl: 'https://t.me/x', description: 'VPN' }
  const { shop } = world
  return [
    (await shop.startPurchase({ ...of, planId })).kind,
    (await shop.startPurchase({ ...of, planId, kind: 'gift' })).kind,
    (await shop.startTopUp({ ...of, planId: null, amount: money(10_000n, 'RUB'), requestId: 'request1' })).kind,
    (await shop.buyFromBalance({ customerId: customer.id, planId, requestId: 'request2' })).kind,
  ]
}

test('nobody pays in any way before they have agreed, and everybody in every way afterwards', async () => {
  expect(await require(true)).toEqual({ kind: 'no_offer' })
  await write('https://shop.example/offer')
  expect(await waysToPay()).toEqual(['invoice', 'invoice', 'invoice', 'short'])
  await require(true)
  expect(await waysToPay()).toEqual(['needs_terms', 'needs_terms', 'needs_terms', 'needs_terms'])
  expect(await world.shop.acceptTerms(anna.id, 7)).toBe('changed')
  const agreed = await Promise.all(Array.from({ length: 10 }, () => world.shop.acceptTerms(anna.id, 1)))
  expect(new Set(agreed)).toEqual(new Set(['accepted']))
  expect(await waysToPay()).toEqual(['invoice', 'invoice', 'invoice', 'short'])
  const boris = await world.addCustomer('Boris')
  expect((await waysToPay(boris))[0]).toBe('needs_terms')
  // The trial costs nothing.
  expect((await world.shop.startTrial(boris.id)).kind).toBe('started')
})

test('a correction asks nobody again, a new version everybody, once however often it is pressed', async () => {
  await write('Оферта')
  await require(true)
  await world.shop.acceptTerms(anna.id, 1)
  await write('Оферта, исправленная')
  expect((await waysToPay())[0]).toBe('invoice')
  for (let press = 0; press < 3; press++) await world.shop.changeTerms(owner, { kind: 'ask_again', version: 2 })
  expect((await world.shop.getTerms()).version).toBe(2)
  expect((await waysToPay())[0]).toBe('needs_terms')
  expect(await world.shop.acceptTerms(anna.id, 1)).toBe('changed')
  expect(await world.shop.acceptTerms(anna.id, 2)).toBe('accepted')
})

test('without its offer a shop asks for nothing; who may not change it, cannot', async () => {
  await write('Оферта')
  await require(true)
  await write(null)
  expect(await world.shop.getTerms()).toMatchObject({ isRequired: false })
  expect(await write('http://shop.example')).toEqual({ kind: 'invalid_text' })
  const change = { kind: 'require', isRequired: true } as const
  expect(await world.shop.changeTerms(99n, change)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.getTermsAsStaff(99n)).toMatchObject({ kind: 'forbidden' })
})
