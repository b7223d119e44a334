import { money } from '@vpn-kiosk/domain'
import type { Offer, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { settings } from '../../testing/fake-shop.ts'

const top = [{ id: 'cus_boris' as const, firstName: 'Boris <b>', paid: 12, money: [money(120_050n, 'RUB')] }]
const seeing: Partial<Shop> = { listTopInviters: async () => ({ kind: 'seen', value: top }) }
const changing = () =>
  vi.fn(async (_actor: unknown, change: Partial<Offer>, _was?: Partial<Offer>) => ({
    kind: 'changed' as const,
    offer: { ...settings.offer, ...change },
  }))

test('the terms and the top inviters are on one screen, which settings lead to', async () => {
  const bot = adminHarness(seeing)
  await bot.command('settings')
  await bot.tap('Invitations')
  const text = bot.lastScreen().text.replace(/\s/g, ' ')
  expect(text).toContain('1. Boris &lt;b&gt; — 12')
  expect(text).toContain('₽1,200.50')
  expect(text).toContain('only money from outside counts')
})

test.each([
  ['Percent of payments', '15%', { referralPercent: 15 }, { referralPercent: 0 }],
  ['Second level', '5', { referralPercentSecond: 5 }, { referralPercentSecond: 0 }],
  ['Days to the friend', '3', { friendBonusDays: 3 }, { friendBonusDays: 0 }],
] as const)('%s is asked for, read and changed', async (button, text, change, was) => {
  const changeOffer = changing()
  const bot = adminHarness({ ...seeing, changeOffer })
  await bot.forge('invite')
  await bot.tap(button)
  for (const wrong of ['many', '-5', '1.5', '9'.repeat(10_000)]) {
    await bot.text(wrong)
    expect(bot.lastScreen().text).toContain('whole number')
  }
  await bot.text(text)
  expect(changeOffer).toHaveBeenCalledExactlyOnceWith(1n, change, was)
  expect(bot.lastScreen().text).toContain('Saved')
})

test('each payment or the first is one press, and the second of two who change one thing is told', async () => {
  const changeOffer = changing()
  const bot = adminHarness({ ...seeing, changeOffer })
  await bot.forge('invite')
  await bot.tap('first payment only')
  expect(changeOffer).toHaveBeenCalledExactlyOnceWith(1n, { isReferralOfEach: false }, undefined)
  const other = adminHarness({ ...seeing, changeOffer: async () => ({ kind: 'changed_meanwhile' }) })
  await other.forge('invite-ask:referralPercent')
  await other.text('5')
  expect(other.lastScreen().text).toContain('Somebody else has changed this')
})

test('who lost the right is told so', async () => {
  const forbidden = async () => ({ kind: 'forbidden' as const })
  const bot = adminHarness({ getSettings: forbidden, changeOffer: forbidden, listTopInviters: forbidden })
  for (const data of ['invite', 'invite-ask:referralPercent', 'invite-each:0']) {
    await bot.forge(data)
    expect(bot.lastScreen().text).toContain('You have no permission for this')
  }
})
