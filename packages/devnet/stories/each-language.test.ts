import { loadTranslations } from '@vpn-kiosk/client-bot'
import { textIn } from '@vpn-kiosk/domain'
import { listLanguages } from '@vpn-kiosk/i18n'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { createActor, openStory, type Story } from './story.ts'

const translations = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }, { strict: true })
let story: Story

beforeAll(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
})
afterAll(() => story.end())

test.each(listLanguages())('a customer whose Telegram says %s buys in that language', async (language) => {
  const { devnet } = story
  const t = translations.translatorFor(language)
  expect(t.language).toBe(language)
  const { id } = devnet.telegram.people.createPerson({ firstName: 'Kim', languageCode: language })
  const kim = createActor(devnet, id, `@${cast.bots.client.username}`)
  kim.start()
  const month = (await devnet.app.shop.listPlans()).find(({ code }) => code === 'month')
  await kim.tap(t.plain('menu-buy'))
  await kim.tap(textIn(month?.title, language))
  await kim.tap(t.plain('provider-test'))
  await expect.poll(() => devnet.testPay.listInvoices().length).toBeGreaterThan(0)
  await devnet.testPay.pay(devnet.testPay.listInvoices().at(-1)!.reference)
  const link = await kim.sees(/http:\/\/127\.0\.0\.1:\d+\/s\/[0-9a-z]{32}/)
  const [address = ''] = /http:\/\/127\.0\.0\.1:\d+\/s\/[0-9a-z]{32}/.exec(link.text ?? '') ?? []
  const page = await fetch(address, { headers: { accept: 'text/html', 'accept-language': language } })
  expect(await page.text()).toContain(`<html lang="${language}">`)
})
