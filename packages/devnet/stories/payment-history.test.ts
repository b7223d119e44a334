import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { type Actor, openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
})
afterEach(() => story.end())

/** The very words, without what marks them up. */
const words = {
  ru: {
    none: 'Платежей пока не было.',
    key: 'ключ придёт сам, обычно в течение минуты.',
    line: /^✅ оплачен · 1 месяц · 299\s₽$/m,
    button: /^🧾 \d.+ · 299\s₽ · 1 месяц$/,
    card: /^🧾 1 месяц\s+✅ оплачен\nСумма: 299\s₽\nСпособ: 🧪 Тестовая оплата\nДата: .+\nНомер: pay_\w+$/,
    again: '🔁 Купить то же самое',
    extends: 'подписка продлится сама, обычно в течение минуты. Ключ останется прежним.',
    renewed: /^✅ Подписка продлена: \+30 дней[\s\S]*ключ тот же\.$/,
  },
  en: {
    none: 'No payments yet.',
    key: 'your key arrives by itself, usually within a minute.',
    line: /^✅ paid · 1 month · ₽299$/m,
    button: /^🧾 \d.+ · ₽299 · 1 month$/,
    card: /^🧾 1 month\s+✅ paid\nAmount: ₽299\nWay to pay: 🧪 Test payment\nDate: .+\nNumber: pay_\w+$/,
    again: '🔁 The same again',
    extends: 'your subscription is extended by itself, usually within a minute. Your key stays the same.',
    renewed: /^✅ Renewed: \+30 days[\s\S]*your key stays the same\.$/,
  },
} as const

test.each(['ru', 'en'] as const)(
  'a payment is found in the history, and the same is bought again: %s',
  async (language) => {
    const w = words[language]
    const dana = story.newcomer('Dana', language)
    dana.start()
    dana.say('/history')
    await dana.sees(w.none)
    dana.say('/buy')
    await dana.tap(/^1 /)
    await pay(dana, w.key)
    await dana.sees('🎉')

    dana.say('/history')
    await dana.sees(w.line)
    await dana.tap(w.button)
    await dana.sees(w.card)
    await dana.tap(w.again)
    await payShown(dana, w.extends)
    await dana.sees(w.renewed)
    dana.say('/history')
    await expect.poll(() => dana.screen().at(-1)?.text?.match(new RegExp(w.line, 'gm'))?.length).toBe(2)
  },
)

async function pay(customer: Actor, promise: string): Promise<void> {
  await customer.tap('🧪')
  await payShown(customer, promise)
}

/** The invoice that is on the screen. */
async function payShown(customer: Actor, promise: string): Promise<void> {
  await customer.sees(promise)
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
}
