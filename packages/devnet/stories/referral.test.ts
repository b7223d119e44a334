import { afterEach, beforeEach, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
})
afterEach(() => story.end())

/** The very words, without what marks them up. */
const words = {
  ru: {
    offered: /Друг оплатит первую подписку — вам 7 дней в подарок\.[\s\S]*start=(ref_\w+)/,
    told: /^🎁 Вам \+7 дней!\s+По вашей ссылке оплатили первую подписку \(Leo\)\. Спасибо, что советуете нас!\s+🟢 Ваша подписка действует до/,
    counted: /👥 Пришли по ссылке: 1\n💳 Оплатили: 1\n🎁 Дней в подарок: 7\n/,
  },
  en: {
    offered: /When a friend pays for the first time, you get 7 days for free\.[\s\S]*start=(ref_\w+)/,
    told: /^🎁 \+7 days for you!\s+Leo came by your link and paid for the first time\. Thank you for recommending us!\s+🟢 Your subscription is active until/,
    counted: /👥 Joined by your link: 1\n💳 Paid: 1\n🎁 Days you earned: 7\n/,
  },
} as const

test.each(['ru', 'en'] as const)(
  'a friend comes by the link and pays once; the inviter is told of the days, once: %s',
  async (language) => {
    const w = words[language]
    const dana = story.newcomer('Dana', language)
    dana.start()
    dana.say('/referral')
    const link = w.offered.exec((await dana.sees(w.offered)).text ?? '')?.[1]

    const leo = story.newcomer('Leo', language)
    leo.start(link)
    for (const time of [1, 2]) {
      leo.say('/buy')
      await leo.tap(/^1 /)
      await leo.tap('🧪')
      await leo.sees('🧾')
      await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
      await leo.sees(time === 1 ? '🎉' : '+30')
    }
    await dana.sees(w.told)
    dana.say('/referral')
    await dana.sees(w.counted)
  },
)
