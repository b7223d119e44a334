import { isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { type Actor, openStory, type Story } from './story.ts'

/* An invoice in Telegram Stars: asked about before it is paid, told to the bot, listed by Telegram. */

let story: Story
const clientBot = `@${cast.bots.client.username}`

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
  const { shop } = story.devnet.app
  const [month] = await shop.listPlans()
  const price = { otherPrices: [{ price: '150', currency: 'XTR' as const }] }
  expect(await shop.updatePlan('operator', month!.id, price)).toEqual({ kind: 'updated' })
})
afterEach(() => story.end())

const accounts = () => story.devnet.panel.accounts().filter(({ email }) => isAccountId(email))
const pay = (person: Actor, link: string) =>
  story.devnet.telegram.people.pay({ person: person.id, bot: clientBot, link })
async function callBot<T>(method: string, parameters: object = {}): Promise<T> {
  const answer = await fetch(`${story.devnet.telegram.apiRoot}/bot${cast.bots.client.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  })
  return ((await answer.json()) as { result: T }).result
}
const balance = async () => (await callBot<{ amount: number }>('getMyStarBalance')).amount

/** What the client bot would have done. */
async function approve(): Promise<void> {
  const updates = await callBot<{ pre_checkout_query?: { id: string } }[]>('getUpdates', { timeout: 5 })
  const query = updates.find((update) => update.pre_checkout_query)?.pre_checkout_query
  await callBot('answerPreCheckoutQuery', { pre_checkout_query_id: query?.id, ok: true })
}

/** From the main menu to the link that opens the invoice. */
async function orderInStars(person: Actor): Promise<string> {
  person.start()
  await person.tap('Купить')
  await person.tap('1 месяц')
  await person.tap('Telegram Stars')
  await person.sees('ждёт оплаты')
  const button = await person.tap('Оплатить')
  if (button.kind !== 'url') throw new Error('the button leads nowhere')
  return button.url
}

test('is delivered as soon as Telegram tells the bot', async () => {
  const anna = story.customer()
  const link = await orderInStars(anna)
  expect(await pay(anna, link)).toMatchObject({ kind: 'paid' })
  await anna.sees('Готово!')
  expect(accounts()).toHaveLength(1)
  expect(await story.devnet.app.shop.checkBooks()).toEqual([])
})

test('is taken once, and from nobody else', async () => {
  const anna = story.customer()
  const boris = story.newcomer('Boris')
  boris.start()
  const link = await orderInStars(anna)
  expect(await pay(boris, link)).toMatchObject({ kind: 'refused', message: expect.stringContaining('другому') })
  expect(await pay(anna, link)).toMatchObject({ kind: 'paid' })
  await anna.sees('Готово!')
  expect(await pay(anna, link)).toMatchObject({ kind: 'refused', message: expect.stringContaining('оплачен') })
  expect(await balance()).toBe(150)
})

test('is found in Telegram’s list when the bot was never told', async () => {
  await story.end()
  story = await openStory(inject('postgresUrl'), { bots: ['admin'] })
  const { shop } = story.devnet.app
  const [month] = await shop.listPlans()
  await shop.updatePlan('operator', month!.id, { otherPrices: [{ price: '150', currency: 'XTR' as const }] })
  const anna = story.customer()
  anna.start()
  const { customer } = await shop.recognizeCustomer({ telegramId: BigInt(anna.id), firstName: 'Anna' })
  const started = await shop.startPurchase({
    customerId: customer.id,
    planId: month!.id,
    providerId: 'stars',
    returnUrl: 'https://t.me/shop',
    description: 'VPN',
  })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  const paid = pay(anna, started.url)
  await approve()
  expect(await paid).toMatchObject({ kind: 'paid' })
  await callBot('deleteWebhook', { drop_pending_updates: true })
  expect(await shop.settlePayment(started.paymentId)).toEqual({ kind: 'settled' })
  expect(await shop.settlePayment(started.paymentId)).toEqual({ kind: 'already_settled' })
  expect(await shop.reconcilePayments()).toBe(0)
})

test('goes back to the payer from the admin bot, whole, and takes the time with it', async () => {
  const anna = story.customer()
  await pay(anna, await orderInStars(anna))
  await anna.sees('Готово!')
  const owner = story.owner()
  owner.start()
  owner.say('/payments')
  await owner.tap(/^✅.*150/)
  await owner.tap('Вернуть деньги')
  await owner.tap(/^↩️ Вернуть 150/)
  await anna.sees('Возврат: 150')
  expect(await balance()).toBe(0)
  await story.devnet.tick()
  expect(anna.count('Возврат: 150')).toBe(1)
  expect(await story.devnet.app.shop.checkBooks()).toEqual([])
})
