import { loadTranslations } from '@vpn-kiosk/client-bot'
import { dayMs, hourMs, textIn } from '@vpn-kiosk/domain'
import { listLanguages } from '@vpn-kiosk/i18n'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { type Actor, createActor, openStory, type Story } from './story.ts'

/* A card that a customer let YooKassa keep: announced, charged, declined, removed. */

let story: Story
const clientBot = `@${cast.bots.client.username}`
const translations = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }, { strict: true })

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
})
afterEach(() => story.end())

const passTo = async (ms: number): Promise<void> => {
  story.devnet.clock.advance(ms)
  await story.devnet.tick()
}
const lastInvoice = () => story.devnet.yookassa.listInvoices().at(-1)!.reference

/** The very words, without what marks them up. */
const words = {
  ru: {
    asked: 'Карту сохранит ЮKassa, мы её номера не видим. Подписка будет продлеваться сама',
    unasked: 'Карту сохранит',
    saved: 'Автопродление включено: Visa •• 4242',
    announced: /продлим подписку за 299\s₽[\s\S]*Деньги спишутся с Visa •• 4242\./,
    renewed: /Автопродление: списано 299\s₽ с Visa •• 4242\./,
    next: /Следующее списание: .+, Visa •• 4242/,
    declined: /Нужно 299\s₽, Visa •• 4242: не хватило денег\. Попробуем ещё раз/,
    expired: 'Срок вашей карты истёк, и мы её удалили.',
    removed: 'Удалено. Списать оттуда деньги мы больше не сможем.',
    refused: 'Сохранить для автопродления сейчас нельзя. Оплата пройдёт как обычно',
  },
  en: {
    asked: 'YooKassa keeps the card; we never see its number. Your subscription renews itself',
    unasked: 'YooKassa keeps the card',
    saved: 'Auto-renewal is on: Visa •• 4242',
    announced: /renew your subscription for ₽299[\s\S]*The money is taken from Visa •• 4242\./,
    renewed: /Auto-renewal: ₽299 was taken from Visa •• 4242\./,
    next: /Next charge: .+, Visa •• 4242/,
    declined: /It costs ₽299, Visa •• 4242: there was not enough money\. We try again on/,
    expired: 'Your card has expired, and we have removed it.',
    removed: "Removed. We can't charge it any more.",
    refused: 'Nothing can be saved for auto-renewal right now. Pay as usual',
  },
} as const
const languages = listLanguages().filter((one): one is keyof typeof words => one in words)

async function comeToInvoice(language: keyof typeof words): Promise<Actor> {
  const t = translations.translatorFor(language)
  const { id } = story.devnet.telegram.people.createPerson({ firstName: 'Kim', languageCode: language })
  const kim = createActor(story.devnet, id, clientBot)
  const [month] = await story.devnet.app.shop.listPlans()
  kim.start()
  await kim.tap(t.plain('menu-buy'))
  await kim.tap(textIn(month?.title, language))
  await kim.tap(t.plain('provider-yookassa-bank_card'))
  return kim
}

async function saveCard(language: keyof typeof words): Promise<Actor> {
  const t = translations.translatorFor(language)
  const kim = await comeToInvoice(language)
  await kim.tap(t.plain('invoice-card', { state: 'offered', way: 'card' }))
  await kim.sees(words[language].asked)
  await story.devnet.yookassa.pay(lastInvoice())
  await kim.sees(words[language].saved)
  await kim.sees(/http:\/\/127/)
  return kim
}

async function openRenewal(kim: Actor, language: keyof typeof words): Promise<void> {
  const t = translations.translatorFor(language)
  kim.say('/menu')
  await kim.tap(t.plain('menu-subscription'))
  await kim.tap(t.plain('renewal-open'))
}

test.each(languages)('is saved on wish, announced, charged, and removed in one tap (%s)', async (language) => {
  const t = translations.translatorFor(language)
  const said = words[language]
  const { shop } = story.devnet.app
  const kim = await saveCard(language)
  await passTo(27 * dayMs + hourMs)
  await kim.sees(said.announced)
  await passTo(2 * dayMs)
  await expect.poll(() => kim.count(said.announced), { timeout: 10_000 }).toBe(2)
  await passTo(12 * hourMs)
  await kim.sees(said.renewed)
  expect(story.devnet.yookassa.listInvoices().filter(({ status }) => status === 'paid')).toHaveLength(2)
  expect(await shop.checkBooks()).toEqual([])

  await openRenewal(kim, language)
  await kim.sees(said.next)
  await kim.tap(t.plain('renewal-change-balance'))
  await kim.tap(t.plain('renewal-change-card', { card: 'Visa •• 4242' }))
  await kim.sees(said.next)
  await kim.tap(t.plain('renewal-remove-card', { card: 'Visa •• 4242' }))
  await kim.sees(said.removed)
  await passTo(29 * dayMs)
  await passTo(13 * hourMs)
  expect(story.devnet.yookassa.listInvoices().filter(({ status }) => status === 'paid')).toHaveLength(2)
})

test.each(languages)('that has no money is tried again, and one that has expired is removed (%s)', async (language) => {
  const said = words[language]
  const { yookassa } = story.devnet
  const kim = await saveCard(language)
  yookassa.setDecline('insufficient_funds')
  await passTo(29 * dayMs + hourMs)
  await passTo(12 * hourMs)
  await kim.sees(said.declined)
  yookassa.setDecline('card_expired')
  await passTo(6 * hourMs)
  await kim.sees(said.expired)
  yookassa.setDecline(null)
  await passTo(6 * hourMs)
  expect(yookassa.listInvoices().filter(({ status }) => status === 'paid')).toHaveLength(1)
})

test.each(languages)('that YooKassa may not keep is said so, and the purchase goes on (%s)', async (language) => {
  const t = translations.translatorFor(language)
  const said = words[language]
  const { yookassa } = story.devnet
  yookassa.setSaving(false)
  const kim = await comeToInvoice(language)
  await kim.tap(t.plain('invoice-card', { state: 'offered', way: 'card' }))
  await kim.sees(said.refused)
  await yookassa.pay(lastInvoice())
  await kim.sees(/http:\/\/127/)
  expect(kim.count(said.saved)).toBe(0)
  expect(kim.count(said.unasked)).toBe(0)
})
