import type { StaffContact } from '@vpn-kiosk/shop'
import { silentLogger } from '@vpn-kiosk/telegram'
import { expect, test } from 'vitest'
import { adminHarness, translations } from '../testing/admin-harness.ts'
import { createOutageTeller } from './outage-teller.ts'

const owner: StaffContact = { telegramId: 1n, role: 'owner', language: 'en' }
const admin: StaffContact = { telegramId: 2n, role: 'admin', language: 'ru' }

/** An admin bot beside a database that the test takes away, and a clock that the test moves. */
async function watching(contacts: StaffContact[] = [owner, admin]) {
  const bot = adminHarness()
  const database = { isAway: false }
  let now = new Date('2026-11-21T09:00:00Z')
  const teller = createOutageTeller({
    shop: {
      listStaffContacts: async () => {
        if (database.isAway) throw new Error('connect ECONNREFUSED')
        return contacts
      },
    },
    api: bot.bot.api,
    translations,
    logger: silentLogger,
    clock: { now: () => now },
  })
  const lookAfter = async (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000)
    await teller.look()
  }
  const texts = () => bot.callsOf('sendMessage').map(({ chat_id, text }) => [chat_id, String(text).split('\n')[0]])
  await teller.look()
  return { bot, database, lookAfter, texts }
}

test('the owner hears of a database that is away for more than a minute, once, and of its end with how long it lasted', async () => {
  const { bot, database, lookAfter, texts } = await watching()
  database.isAway = true
  await lookAfter(0)
  await lookAfter(60)
  expect(texts()).toEqual([])
  await lookAfter(15)
  await lookAfter(15)
  expect(texts()).toEqual([[1, '🔴 <b>The database does not answer</b>']])
  expect(bot.callsOf('sendMessage')[0]?.text).toContain('Since 21 November at 12:00 MSK')
  database.isAway = false
  await lookAfter(15 * 60)
  await lookAfter(15)
  expect(texts()[1]).toEqual([1, '🟢 <b>The database is back</b>'])
  expect(bot.callsOf('sendMessage')[1]?.text).toContain('away for 17 minutes')
  expect(texts()).toHaveLength(2)
})

test('a restart of the database is told to nobody', async () => {
  const { database, lookAfter, texts } = await watching()
  database.isAway = true
  await lookAfter(0)
  await lookAfter(30)
  database.isAway = false
  await lookAfter(60)
  database.isAway = true
  await lookAfter(45)
  expect(texts()).toEqual([])
})

test('the next outage is told again, and where there is no owner the admins hear of it in their language', async () => {
  const { database, lookAfter, texts } = await watching([admin])
  for (let outage = 0; outage < 2; outage++) {
    database.isAway = true
    await lookAfter(0)
    await lookAfter(61)
    database.isAway = false
    await lookAfter(60)
  }
  const [begins, ends] = ['🔴 <b>База данных не отвечает</b>', '🟢 <b>База данных снова отвечает</b>']
  expect(texts()).toEqual([begins, ends, begins, ends].map((text) => [2, text]))
})

test('while Telegram does not answer either, the next look tells', async () => {
  const { bot, database, lookAfter, texts } = await watching()
  database.isAway = true
  await lookAfter(0)
  bot.failNext('sendMessage', 'network')
  await lookAfter(61)
  await lookAfter(15)
  expect(texts().at(-1)).toEqual([1, '🔴 <b>The database does not answer</b>'])
  const count = texts().length
  await lookAfter(15)
  expect(texts()).toHaveLength(count)
})
