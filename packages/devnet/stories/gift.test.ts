import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
})
afterEach(() => story.end())

/** The very words, without what marks them up. */
const words = {
  ru: {
    promised:
      /Подарок включит тот, кто первым откроет ссылку\.[\s\S]*Не включат за 90 дней — сумма вернётся на ваш баланс/,
    invoice: /^🎁 В подарок\n🧾 1 месяц — 299\s₽/,
    ready: /^🎉 Подарок готов! Перешлите эту открытку или ссылку\.[\s\S]*start=(gift_\w+)/,
    asked: /^🎁 Dana дарит вам подписку: 1 месяц\s+Включить 30 дней\?/,
    accept: '✅ Включить',
    key: /^🎁 Подарок включён! Подписка действует до .+\d\n/,
    told: /^🎉 Ваш подарок включён\s+Получатель — Leo\. Спасибо, что делитесь!$/,
    listed: /✅ включён .+, получатель — Leo/,
    taken: '😔 Этот подарок уже включили.',
  },
  en: {
    promised:
      /Whoever opens the link first activates the gift\.[\s\S]*within 90 days, the amount comes back to your balance/,
    invoice: /^🎁 As a gift\n🧾 1 month — ₽299/,
    ready: /^🎉 Your gift is ready! Forward this card or the link\.[\s\S]*start=(gift_\w+)/,
    asked: /^🎁 A gift from Dana: 1 month\s+Activate 30 days\?/,
    accept: '✅ Activate',
    key: /^🎁 Your gift is activated! The subscription is active until .+\d\n/,
    told: /^🎉 Leo has activated your gift\. Thank you for sharing!$/,
    listed: /✅ activated by Leo on/,
    taken: '😔 Somebody else has activated this gift.',
  },
} as const

test.each(['ru', 'en'] as const)(
  'a gift is bought, passed on by its link, activated once; both are told: %s',
  async (language) => {
    const w = words[language]
    const [dana, leo, mia] = (['Dana', 'Leo', 'Mia'] as const).map((name) => story.newcomer(name, language))
    dana!.start()
    dana!.say('/gift')
    await dana!.sees(w.promised)
    await dana!.tap(/^🎁 1 /)
    await dana!.tap('🧪')
    await dana!.sees(w.invoice)
    await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
    const link = w.ready.exec((await dana!.sees(w.ready)).text ?? '')?.[1]

    leo!.start(link)
    await leo!.sees(w.asked)
    await leo!.tap(w.accept)
    await leo!.sees(w.key)
    await dana!.sees(w.told)
    await dana!.tap('📦')
    await dana!.sees(w.listed)
    mia!.start(link)
    await mia!.sees(w.taken)
    expect(await story.devnet.app.shop.checkBooks()).toEqual([])
  },
)
