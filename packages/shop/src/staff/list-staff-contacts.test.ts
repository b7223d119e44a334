import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let shop: TestShop
beforeAll(async () => {
  shop = await createTestShop(inject('postgresUrl'), { policy: { ownerTelegramId: 1n } })
})
afterAll(() => shop.close())

test('the owner of the configuration and everybody with a role are listed once, with the language they speak', async () => {
  await shop.shop.addStaff('operator', { telegramId: 2n, name: 'Olga', role: 'admin' })
  await shop.shop.addStaff('operator', { telegramId: 3n, name: 'Kira', role: 'support' })
  await shop.shop.recognizeCustomer({ telegramId: 3n, firstName: 'Kira', languageCode: 'ru' })
  await shop.shop.remember('speaks:3', 'en')
  await shop.shop.recognizeCustomer({ telegramId: 1n, firstName: 'Max', languageCode: 'en' })
  const contacts = await shop.shop.listStaffContacts()
  expect(contacts.toSorted((a, b) => Number(a.telegramId - b.telegramId))).toEqual([
    { telegramId: 1n, role: 'owner', language: 'en' },
    { telegramId: 2n, role: 'admin', language: null },
    { telegramId: 3n, role: 'support', language: 'en' },
  ])
})
