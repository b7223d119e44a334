import type { Customer } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

async function buy(customer: Customer): Promise<string> {
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  const key = await world.shop.getKey(customer.id)
  return key?.subscriptionUrl.split('/').at(-1) ?? ''
}

test('the public link opens the same key as its owner sees, and nobody else’s', async () => {
  await world.addServer()
  await world.addServer()
  const [anna, boris] = [await world.addCustomer('Anna'), await world.addCustomer('Boris')]
  const [annas, boriss] = [await buy(anna), await buy(boris)]
  const key = await world.shop.getKeyByToken(annas)
  expect(key).toEqual(await world.shop.getKey(anna.id))
  expect(key?.waysIn).toHaveLength(2)
  expect(key?.waysIn[0]?.label).toBe('🇳🇱 Amsterdam')
  const links = (one: typeof key) => one?.waysIn.map((way) => (way.document.kind === 'link' ? way.document.uri : ''))
  const others = links(await world.shop.getKeyByToken(boriss))
  expect(links(key)?.some((link) => others?.includes(link))).toBe(false)
})

test('a server that is switched off is left out at once', async () => {
  const off = await world.addServer()
  await world.addServer()
  const token = await buy(await world.addCustomer())
  await world.fixture.database.em().execute(`update servers set state = 'disabled' where id = ?`, [off])
  expect((await world.shop.getKeyByToken(token))?.waysIn).toHaveLength(1)
})

test('what is not a token of ours opens nothing', async () => {
  await world.addServer()
  const token = await buy(await world.addCustomer())
  const strange = ['', 'x', '0'.repeat(32), token.slice(1), `${token}0`, token.toUpperCase(), "' or true --"]
  for (const one of strange) expect(await world.shop.getKeyByToken(one)).toBeNull()
})

test('whoever reads the page reads servers in the language of the page, and the customer in their own', async () => {
  const server = await world.addServer()
  await world.shop.updateServer(1n, server, { cityTitles: { ru: 'AMS (ru)', en: 'Amsterdam' } })
  const token = await buy(await world.addCustomer())
  const labelIn = async (language?: 'ru' | 'en') => (await world.shop.getKeyByToken(token, language))?.waysIn[0]?.label
  expect(await labelIn()).toBe('🇳🇱 AMS (ru)')
  expect(await labelIn('en')).toBe('🇳🇱 Amsterdam')
  expect((await world.shop.getKeyByToken(token))?.language).toBe('ru')
})
