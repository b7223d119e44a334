import { loadTranslations } from '@vpn-kiosk/client-bot'
import { dayMs, textIn } from '@vpn-kiosk/domain'
import { listLanguages } from '@vpn-kiosk/i18n'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { type Actor, createActor, openStory, type Story } from './story.ts'

/* A subscription in Telegram Stars: Telegram charges it every 30 days, and tells nobody when it does not. */

let story: Story
const clientBot = `@${cast.bots.client.username}`
const translations = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }, { strict: true })

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
  const { shop } = story.devnet.app
  const [month] = await shop.listPlans()
  const price = { otherPrices: [{ price: '150', currency: 'XTR' as const }] }
  expect(await shop.updatePlan('operator', month!.id, price)).toEqual({ kind: 'updated' })
})
afterEach(() => story.end())

/** In one leap, but for the last two days. */
const passDays = async (days: number): Promise<void> => {
  for (const leap of [days - 2, 1, 1]) {
    story.devnet.clock.advance(leap * dayMs)
    await story.devnet.tick()
  }
}
const stars = (person: Actor) => story.devnet.telegram.people.listSubscriptions({ person: person.id })

/** The very words, without what marks them up. */
const words = {
  ru: {
    asked: /Telegram спишет 150\s⭐ сейчас и будет списывать столько же каждые 30 дней, пока вы не отмените\./,
    on: /Telegram списывает 150\s⭐ каждые 30 дней\. Отменить можно здесь или в настройках Telegram\./,
    renewed: /Telegram списал 150\s⭐/,
    canceled: 'Отменено: Telegram больше не спишет звёзды.',
    stopped: 'Telegram не списал звёзды: вы отменили подписку там или звёзд не хватило.',
  },
  en: {
    asked: /Telegram charges 150\s⭐ now and then every 30 days until you cancel\./,
    on: /Telegram charges 150\s⭐ every 30 days\. Cancel here or in Telegram settings\./,
    renewed: /Telegram charged 150\s⭐/,
    canceled: 'Canceled: Telegram charges no more stars.',
    stopped: 'Telegram has charged no stars: you canceled there, or there were not enough of them.',
  },
} as const

test.each(listLanguages().filter((one): one is keyof typeof words => one in words))(
  'is paid once, renews itself, and is canceled in one tap (%s)',
  async (language) => {
    const t = translations.translatorFor(language)
    const said = words[language]
    const { people } = story.devnet.telegram
    const { id } = people.createPerson({ firstName: 'Kim', languageCode: language })
    const kim = createActor(story.devnet, id, clientBot)
    const { shop } = story.devnet.app
    const [month] = await shop.listPlans()
    kim.start()
    await kim.tap(t.plain('menu-buy'))
    await kim.tap(textIn(month?.title, language))
    await kim.tap(t.plain('provider-stars-monthly'))
    await kim.sees(said.asked)
    const button = await kim.tap(/150/)
    if (button.kind !== 'url') throw new Error('the button leads nowhere')
    expect(await people.pay({ person: kim.id, bot: clientBot, link: button.url })).toMatchObject({ kind: 'paid' })
    await kim.sees(/http:\/\/127/)
    kim.say('/menu')
    await kim.tap(t.plain('menu-subscription'))
    await kim.tap(t.plain('renewal-open'))
    await kim.sees(said.on)

    await passDays(31)
    await kim.sees(said.renewed)
    await passDays(30)
    await expect.poll(() => kim.count(said.renewed), { timeout: 10_000 }).toBe(2)
    expect(await shop.checkBooks()).toEqual([])

    kim.say('/menu')
    await kim.tap(t.plain('menu-subscription'))
    await kim.tap(t.plain('renewal-open'))
    await kim.tap(t.plain('renewal-turn-off'))
    await kim.sees(said.canceled)
    await expect.poll(() => stars(kim), { timeout: 10_000 }).toMatchObject([{ isCanceled: true }])
    await passDays(32)
    expect(kim.count(said.renewed)).toBe(2)
    expect(kim.count(said.stopped)).toBe(0)
  },
)

test('that a customer ends in Telegram, or has no stars for, is noticed and said once', async () => {
  const { people } = story.devnet.telegram
  const anna = story.customer()
  anna.start()
  await anna.tap('Купить')
  await anna.tap('1 месяц')
  await anna.tap('каждые 30 дней')
  const button = await anna.tap('Оплатить')
  if (button.kind !== 'url') throw new Error('the button leads nowhere')
  await people.pay({ person: anna.id, bot: clientBot, link: button.url })
  await anna.sees('Готово!')
  people.setStars({ person: anna.id, hasStars: false })
  await passDays(33)
  await anna.sees(words.ru.stopped)
  await passDays(3)
  expect(anna.count(words.ru.stopped)).toBe(1)
  expect(stars(anna)).toMatchObject([{ isOver: true, isCanceledByBot: false }])
})
