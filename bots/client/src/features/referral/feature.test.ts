import { money } from '@vpn-kiosk/domain'
import type { ReferralSummary } from '@vpn-kiosk/shop'
import { expect, test } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { offer } from '../../testing/fake-shop.ts'

const summary: ReferralSummary = { offer, joined: 4, paid: 2, daysEarned: 14, moneyEarned: [] }
const offering = (change: Partial<typeof offer>, more: Partial<ReferralSummary> = {}) =>
  clientHarness({ getReferral: async () => ({ ...summary, ...more, offer: { ...offer, ...change } }) })

test('the referral screen has the own link, the counts and a button to share it', async () => {
  const bot = offering({})
  await bot.command('referral')
  const { text, buttons } = bot.lastScreen()
  expect(text).toContain('<code>https://t.me/kiosk_bot?start=ref_annacode</code>')
  expect(text).toContain('you get 7 days for free')
  expect(text).toContain('Paid: 2')
  expect(text).not.toMatch(/%|balance/)
  const share = buttons[0] && 'url' in buttons[0] ? new URL(buttons[0].url) : null
  expect(share?.origin).toBe('https://t.me')
  expect(share?.searchParams.get('url')).toBe('https://t.me/kiosk_bot?start=ref_annacode')
  expect(share?.search).not.toContain('+')
})

test('a shop that gives nothing for a friend promises nothing', async () => {
  const bot = offering({ referralBonusDays: 0 }, { daysEarned: 0 })
  await bot.command('referral')
  expect(bot.lastScreen().text).toContain('Send the link')
  expect(bot.lastScreen().text).not.toMatch(/0 days|you get/)
})

test('percents, the second level and the gift of the friend are promised as the shop gives them', async () => {
  const terms = { referralPercent: 15, referralPercentSecond: 5, friendBonusDays: 3 }
  const bot = offering(terms, { moneyEarned: [money(44_850n, 'RUB')] })
  await bot.command('referral')
  const text = bot.lastScreen().text.replace(/\s/g, ' ')
  for (const words of ['15% of everything they pay', '5% of everything paid by', 'friend gets 3 days', '₽448.50'])
    expect(text).toContain(words)
  const first = offering({ ...terms, isReferralOfEach: false })
  await first.command('referral')
  expect(first.lastScreen().text).toContain('15% of their first payment')
})

test('the card is a picture with the link beneath it, and leads back', async () => {
  const bot = offering({})
  await bot.command('referral')
  await bot.tap('Card')
  const { kind, text, buttons } = bot.lastScreen()
  expect(kind).toBe('photo')
  expect(text).toContain('https://t.me/kiosk_bot?start=ref_annacode')
  expect(buttons).toHaveLength(2)
  await bot.tap('Back')
  expect(bot.lastScreen().text).toContain('Invite your friends')
})
