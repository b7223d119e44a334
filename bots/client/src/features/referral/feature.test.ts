import { expect, test } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'

test('the referral screen has the own link, the counts and a button to share it', async () => {
  const bot = clientHarness({ getReferral: async () => ({ bonusDaysEach: 7, joined: 4, paid: 2, daysEarned: 14 }) })
  await bot.command('referral')
  const { text, buttons } = bot.lastScreen()
  expect(text).toContain('<code>https://t.me/kiosk_bot?start=ref_annacode</code>')
  expect(text).toContain('you get 7 days for free')
  expect(text).toContain('Paid: 2')
  const share = buttons[0] && 'url' in buttons[0] ? new URL(buttons[0].url) : null
  expect(share?.origin).toBe('https://t.me')
  expect(share?.searchParams.get('url')).toBe('https://t.me/kiosk_bot?start=ref_annacode')
  expect(share?.search).not.toContain('+')
})

test('a shop that gives nothing for a friend promises nothing', async () => {
  const bot = clientHarness({ getReferral: async () => ({ bonusDaysEach: 0, joined: 0, paid: 0, daysEarned: 0 }) })
  await bot.command('referral')
  expect(bot.lastScreen().text).toContain('Send the link')
  expect(bot.lastScreen().text).not.toMatch(/0 days|you get/)
})
