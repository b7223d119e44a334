import { dayMs, hourMs, isAccountId, minuteMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { type Actor, openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client'] })
})
afterEach(() => story.end())

/** From the main menu to the invoice; the provider is the test one unless named. */
async function orderMonth(person: Actor, method = 'Тестовая'): Promise<void> {
  await person.tap(/Купить|Продлить/)
  await person.tap('1 месяц')
  await person.tap(method)
  await expect.poll(() => person.screen().at(-1)?.text).toContain('Счёт ждёт оплаты')
}

const lastInvoice = () => story.devnet.testPay.listInvoices().at(-1)!.reference
const accounts = () => story.devnet.panel.accounts().filter(({ email }) => isAccountId(email))
const keyLink = /vless:\/\/[0-9a-f-]{36}@/

async function buyMonth(person: Actor): Promise<void> {
  person.say('/menu')
  await expect.poll(() => person.screen().at(-1)?.text).toContain('Главное меню')
  await orderMonth(person)
  const keys = person.count(/Готово!|продлена/)
  await story.devnet.testPay.pay(lastInvoice())
  await expect.poll(() => person.count(/Готово!|продлена/), { timeout: 10_000 }).toBe(keys + 1)
}

describe('a customer', () => {
  test.each([
    ['Карта', 'yookassa'],
    ['Криптовалюта', 'cryptobot'],
    ['Wata', 'wata'],
    ['Тестовая', 'testPay'],
  ] as const)('buys a month with %s and has a working key seconds later', async (label, provider) => {
    const anna = story.customer()
    anna.start()
    await anna.sees('Здравствуйте, Anna!')
    await orderMonth(anna, label)
    const pay = await anna.tap('Оплатить')
    expect(pay).toMatchObject({ kind: 'url', url: expect.stringMatching(/^http:\/\/127/) })
    await story.devnet[provider].pay(story.devnet[provider].listInvoices().at(-1)!.reference)
    const key = await anna.sees(/Готово!/)
    expect(key.media?.kind).toBe('photo')
    expect(key.text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/s\/[0-9a-z]{32}|vless:/)
    const page = await fetch(/http:\/\/127\.0\.0\.1:\d+\/s\/[0-9a-z]{32}/.exec(key.text ?? '')![0])
    expect(Buffer.from(await page.text(), 'base64').toString()).toMatch(keyLink)
    const [account] = accounts()
    expect(story.devnet.panel.canConnect(account!.uuid)).toBe(true)
  })

  test('takes the trial once, and a double tap gives one', async () => {
    const anna = story.customer()
    anna.start()
    await anna.tap('Попробовать бесплатно')
    await anna.sees('Пробный период начался')
    anna.say('/trial')
    await anna.sees('Пробный период уже был')
    expect(accounts()).toHaveLength(1)
  })

  test('renews twice and has three months of the same key', async () => {
    const anna = story.customer()
    anna.start()
    await anna.sees('Здравствуйте')
    for (const _ of [1, 2, 3]) await buyMonth(anna)
    const [account, ...others] = accounts()
    expect(others).toEqual([])
    const days = (account!.expiresAt!.getTime() - story.devnet.clock.now().getTime()) / dayMs
    expect(days).toBeGreaterThan(89.9)
    expect(days).toBeLessThanOrEqual(90)
  })

  test('is served though the webhook was lost: the sweep finds the payment', async () => {
    const anna = story.customer()
    anna.start()
    await orderMonth(anna)
    story.devnet.testPay.setWebhooks(false)
    await story.devnet.testPay.pay(lastInvoice())
    story.devnet.clock.advance(2 * minuteMs)
    await story.devnet.tick()
    await anna.sees('Готово!')
  })

  test('gets one month and one message though the webhook comes ten times at once', async () => {
    const anna = story.customer()
    anna.start()
    await orderMonth(anna)
    await Promise.all([anna.tap('Проверить оплату'), story.devnet.testPay.pay(lastInvoice())])
    await Promise.all([story.devnet.testPay.resendWebhook(lastInvoice(), 10), story.devnet.tick()])
    await anna.sees('Готово!')
    await story.devnet.tick()
    expect(anna.count('Готово!')).toBe(1)
    const days = (accounts()[0]!.expiresAt!.getTime() - story.devnet.clock.now().getTime()) / dayMs
    expect(days).toBeLessThanOrEqual(30)
  })

  test('who paid too little is told so and gets nothing yet', async () => {
    const anna = story.customer()
    anna.start()
    await orderMonth(anna)
    await story.devnet.testPay.pay(lastInvoice(), { amount: '298.99' })
    await anna.sees('Сумма не совпала')
    expect(accounts()).toEqual([])
  })

  test('hears why a payment was declined, in human words', async () => {
    const anna = story.customer()
    anna.start()
    await orderMonth(anna, 'Карта')
    const { reference } = story.devnet.yookassa.listInvoices().at(-1)!
    await story.devnet.yookassa.fail(reference, 'insufficient_funds')
    await anna.sees('не хватило денег')
  })

  test('whose panel was down for an hour reads "being prepared", then gets the key: one account', async () => {
    const anna = story.customer()
    anna.start()
    await orderMonth(anna)
    story.devnet.panel.setDown(true)
    await story.devnet.testPay.pay(lastInvoice())
    await expect
      .poll(async () => (await story.devnet.app.shop.getBacklog()).notificationsHeld, { timeout: 10_000 })
      .toBe(1)
    story.devnet.clock.advance(6 * minuteMs)
    await story.devnet.tick()
    await anna.sees('готовим доступ')
    story.devnet.clock.advance(54 * minuteMs)
    await story.devnet.tick()
    story.devnet.panel.setDown(false)
    story.devnet.clock.advance(11 * minuteMs)
    await story.devnet.tick()
    await anna.sees('Готово!')
    expect(accounts()).toHaveLength(1)
    expect(story.devnet.panel.countEntries(accounts()[0]!.email)).toBe(1)
  })

  test('is cut off on the panel within a minute of the end, told so, and let in again by renewing', async () => {
    const anna = story.customer()
    anna.start()
    await anna.sees('Здравствуйте')
    await buyMonth(anna)
    const { uuid } = accounts()[0]!
    story.devnet.clock.advance(30 * dayMs + 1000)
    await anna.sees('Подписка закончилась', 40_000)
    await expect.poll(() => accounts()[0]!.enabled, { timeout: 20_000 }).toBe(false)
    expect(story.devnet.panel.canConnect(uuid)).toBe(false)
    await buyMonth(anna)
    await expect.poll(() => story.devnet.panel.canConnect(uuid), { timeout: 10_000 }).toBe(true)
  }, 90_000)

  test('is reminded three days, a day and three hours before the end, once each', async () => {
    const anna = story.customer()
    anna.start()
    await anna.sees('Здравствуйте')
    await buyMonth(anna)
    for (const leadMs of [3 * dayMs, dayMs, 3 * hourMs]) {
      const end = accounts()[0]!.expiresAt!.getTime()
      story.devnet.clock.set(new Date(end - leadMs + minuteMs))
      await story.devnet.tick()
      await story.devnet.tick()
      await anna.sees(leadMs === 3 * dayMs ? 'через 3 дня' : leadMs === dayMs ? 'закончится через 24 часа' : '3 часа')
    }
    expect(anna.count(/через 3 дня|закончится через 24 часа|3 часа/)).toBe(3)
  })

  test('who brought a friend gets the bonus when the friend pays first', async () => {
    const [anna, boris] = [story.customer(), story.customer('friend')]
    anna.start()
    await anna.sees('Здравствуйте')
    anna.say('/referral')
    const link = /start=(ref_[0-9a-z]+)/.exec((await anna.sees(/start=ref_/)).text ?? '')
    boris.start(link![1])
    await boris.sees('Здравствуйте, Boris!')
    await buyMonth(boris)
    await anna.sees(/Вам \+7/)
    await buyMonth(boris)
    expect(anna.count(/Вам \+7/)).toBe(1)
  })

  test('who replays another customer’s button changes nothing and is answered', async () => {
    const [anna, mallory] = [story.customer(), story.newcomer('Mallory')]
    anna.start()
    await orderMonth(anna)
    const invoice = await anna.sees('Счёт ждёт оплаты')
    const check = invoice.buttons.flat().find((button) => button.text.includes('Проверить'))!
    mallory.start()
    await mallory.sees('Здравствуйте, Mallory!')
    await story.devnet.testPay.pay(lastInvoice())
    const people = story.devnet.telegram.people
    const forged = await people.press({
      person: mallory.id,
      chat: '@kiosk_vpn_bot',
      data: check.value!,
      isForged: true,
    })
    expect(forged).toMatchObject({ kind: 'callback' })
    await mallory.sees(/Не нашли такой счёт/)
    expect(mallory.count(/Готово!/)).toBe(0)
    await anna.sees('Готово!')
  })
})
