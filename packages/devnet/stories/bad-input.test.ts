import { createLogger } from '@vpn-kiosk/app'
import { isAccountId, minuteMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import type { PanelFault } from '../src/panels/xui/faults.ts'
import { type Actor, openStory, type Story } from './story.ts'

let story: Story
let log: string[]

beforeEach(async () => {
  // Of this story alone: the one before may still be ending.
  const lines: string[] = []
  log = lines
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ name: 'story', level: 'debug', destination })
  story = await openStory(inject('postgresUrl'), { logger })
})
afterEach(() => story.end())

const nonsense = [' \u200b', '/nope', '😀👨‍👩‍👧‍👦🇳🇱'.repeat(50), '<b>not & closed { $name } %s', '\u202eabc\u0000']
const tenKilobytes = 'Ж'.repeat(10_240)

const accounts = () => story.devnet.panel.accounts().filter(({ email }) => isAccountId(email))

/** All that a log must never carry, whatever went wrong. */
function secrets(): string[] {
  const { panel, environment, wireguard } = story.devnet
  const links = story
    .customer()
    .screen()
    .flatMap(({ text }) => text?.match(/vless:\/\/\S+|\/s\/\w{32}/g) ?? [])
  const named = Object.entries(environment).filter(([name]) => /TOKEN|SECRET|KEY/.test(name))
  return [
    panel.password,
    panel.token ?? '',
    ...Object.values(wireguard.config.secrets),
    ...named.map(([, value]) => value),
    ...accounts().flatMap(({ uuid, subId }) => [uuid, subId]),
    ...links,
  ].filter((secret) => secret.length > 5)
}

function expectCleanLog(): void {
  const text = log.join('')
  for (const secret of secrets()) expect(text.includes(secret), `the log holds ${secret.slice(0, 6)}…`).toBe(false)
}

async function order(person: Actor): Promise<string> {
  person.start()
  await person.tap(/Купить|Продлить/)
  await person.tap('1 месяц')
  await person.tap('Карта')
  await expect.poll(() => person.screen().at(-1)?.text).toContain('Счёт ждёт оплаты')
  return story.devnet.yookassa.listInvoices().at(-1)!.reference
}

async function bringKey(): Promise<void> {
  await expect
    .poll(
      async () => {
        story.devnet.clock.advance(11 * minuteMs)
        await story.devnet.tick()
        return story.customer().count('Готово!')
      },
      { timeout: 15_000, interval: 200 },
    )
    .toBe(1)
}

describe('nonsense', () => {
  test.each(['customer', 'owner'] as const)(
    'from the %s is answered each time, and the menu works after it',
    async (who) => {
      const person = story[who]()
      person.start()
      await expect.poll(() => person.count('')).toBe(1)
      for (const text of [...nonsense, tenKilobytes]) {
        const answered = person.count('')
        person.say(text)
        await expect
          .poll(() => person.count(''), { message: `an answer to ${text.slice(0, 20)}` })
          .toBeGreaterThan(answered)
      }
      person.say('/start')
      await expect.poll(() => person.screen().at(-1)?.buttons.length, { timeout: 10_000 }).toBeGreaterThan(1)
      expect(log.filter((line) => line.includes('"level":50'))).toEqual([])
    },
  )

  test('to support reaches the agents whole', async () => {
    const person = story.inSupport()
    person.start()
    for (const text of [...nonsense, tenKilobytes]) person.say(text)
    await person.sees('Получили!')
    const { people } = story.devnet.telegram
    const carried = () => {
      const [topic] = people.listTopics({ chat: cast.supportGroup })
      if (!topic) return 0
      const seen = people.transcript({ person: cast.people.agent.id, chat: cast.supportGroup, topic: topic.id })
      return seen.reduce((sum, { text }) => sum + (text?.match(/Ж/g)?.length ?? 0), 0)
    }
    await expect.poll(carried, { timeout: 10_000 }).toBe(tenKilobytes.length)
    expect(log.filter((line) => line.includes('"level":50'))).toEqual([])
  })
})

test('forged, cut and oversized webhooks change nothing, and the true one counts once however often it is replayed', async () => {
  const anna = story.customer()
  const reference = await order(anna)
  const webhook = (change: object = {}) =>
    JSON.stringify({
      type: 'notification',
      event: 'payment.succeeded',
      object: {
        id: reference,
        status: 'succeeded',
        amount: { value: '299.00', currency: 'RUB' },
        paid: true,
        ...change,
      },
    })
  const ring = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${story.devnet.webUrl}/pay/${path}`, { method: 'POST', body, headers })
    return response.status
  }
  const forged = { 'x-forwarded-for': '8.8.8.8' }
  const answers = {
    forgedSource: await ring('yookassa', webhook(), forged),
    empty: await ring('yookassa', ''),
    cut: await ring('yookassa', webhook().slice(0, 50)),
    oversized: await ring('yookassa', webhook({ description: 'x'.repeat(300_000) })),
    unsigned: await ring('cryptobot', webhook()),
    badlySigned: await ring('cryptobot', webhook(), { 'crypto-pay-api-signature': '0'.repeat(64) }),
    nobody: await ring('nobody', webhook()),
  }
  expect(answers).toEqual({
    forgedSource: 400,
    empty: 400,
    cut: 400,
    oversized: 413,
    unsigned: 400,
    badlySigned: 400,
    nobody: 404,
  })
  // Well-formed and from the right address, but the provider knows of no money: the webhook alone opens nothing.
  expect(await ring('yookassa', webhook({ description: 'a\u0000b' }))).toBe(200)
  await story.devnet.tick()
  expect(accounts()).toEqual([])
  await story.devnet.yookassa.pay(reference)
  await anna.sees('Готово!')
  await story.devnet.yookassa.resendWebhook(reference, 5)
  await story.devnet.yookassa.webhooksSettled()
  await story.devnet.tick()
  expect([anna.count('Готово!'), anna.count('продлена'), accounts().length]).toEqual([1, 0, 1])
  expectCleanLog()
})

describe('a panel that', () => {
  test.each<PanelFault>(['html', 'bad-gateway', 'database-locked', 'lose-answer'])(
    'answers with %s keeps the customer waiting, then gives one key',
    async (fault) => {
      const anna = story.customer()
      const reference = await order(anna)
      story.devnet.panel.failNext(fault, { times: 6 })
      await story.devnet.yookassa.pay(reference)
      await expect
        .poll(async () => (await story.devnet.app.shop.getBacklog()).notificationsHeld, { timeout: 10_000 })
        .toBe(1)
      story.devnet.panel.clearFaults()
      await bringKey()
      expect(accounts()).toHaveLength(1)
      expect(story.devnet.panel.countEntries(accounts()[0]!.email)).toBe(1)
      expectCleanLog()
    },
  )
})

test('nobody gets in with a guess at a link, and the guess is not logged', async () => {
  const anna = story.customer()
  await story.devnet.yookassa.pay(await order(anna))
  const link = /\/s\/\w{32}/.exec((await anna.sees('Готово!')).text ?? '')![0]
  const guesses = [
    '/s/',
    '/s/x',
    `/s/${'a'.repeat(32)}`,
    `${link.slice(0, -1)}-`,
    `${link}/..`,
    '/s/%00',
    `/s/${'a'.repeat(5_000)}`,
  ]
  for (const guess of guesses) {
    const response = await fetch(story.devnet.webUrl + guess)
    expect([guess.slice(0, 12), response.status]).toEqual([guess.slice(0, 12), 404])
    expect(await response.text()).not.toContain('vless')
  }
  expect((await fetch(story.devnet.webUrl + link)).status).toBe(200)
  expectCleanLog()
})
