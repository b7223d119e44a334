import { dayMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { seedPriceList } from '../src/seed/seed-price-list.ts'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
  await seedPriceList(story.devnet.app.shop)
})
afterEach(() => story.end())

/** The very words, without what marks them up. */
const words = {
  ru: {
    subscription: 'Подписка',
    ready: 'Готово!',
    about:
      /Сейчас: 1 месяц · до .+\n📱 до 3 устройств[\s\S]*Платить не нужно: остаток сохраняет свою цену и становится временем другого тарифа\./,
    family: /^Семья, 1 месяц · до /,
    asked:
      /^Сменить 1 месяц на Семья, 1 месяц\?\s+📱 до 10 устройств[\s\S]*Окончание: (.+) → (.+)\n[\s\S]*Ключ и ссылка останутся прежними/,
    done: /^✅ Теперь у вас Семья, 1 месяц до (.+)\.\n/,
  },
  en: {
    subscription: '👤 Subscription',
    ready: 'Done!',
    about:
      /Now: 1 month · until .+\n📱 up to 3 devices[\s\S]*Nothing to pay: what is left keeps its value and becomes time of another plan\./,
    family: /^Family, 1 month · until /,
    asked:
      /^Change from 1 month to Family, 1 month\?\s+📱 up to 10 devices[\s\S]*Ends: (.+) → (.+)\n[\s\S]*Your key and link stay the same/,
    done: /^✅ Family, 1 month is yours until (.+)\.\n/,
  },
} as const

test.each(['ru', 'en'] as const)(
  'the date that the value of what is left carries to is shown before, and is the one after: %s',
  async (language) => {
    const w = words[language]
    const dana = story.newcomer('Dana', language)
    dana.start()
    dana.say('/buy')
    await dana.tap(/^1 /)
    await dana.tap('🧪')
    await dana.sees('🧾')
    await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
    await dana.sees(w.ready)

    dana.say('/menu')
    await dana.sees('🟢')
    await dana.tap(w.subscription)
    await dana.tap(/^🔀 (Сменить|Change)/)
    await dana.sees(w.about)
    await dana.tap(w.family)
    const [, , after] = w.asked.exec((await dana.sees(w.asked)).text ?? '') ?? []
    await dana.tap('✅')
    expect(w.done.exec((await dana.sees(w.done)).text ?? '')?.[1]).toBe(after)
    // 299 of 499 roubles are as much of 30 days.
    await expect.poll(() => story.devnet.panel.accounts().map(({ expiresAt }) => daysUntil(expiresAt))).toContain(18)
    expect(await story.devnet.app.shop.checkBooks()).toEqual([])
  },
)

const daysUntil = (end: Date | null): number =>
  Math.round(((end?.getTime() ?? 0) - story.devnet.clock.now().getTime()) / dayMs)
