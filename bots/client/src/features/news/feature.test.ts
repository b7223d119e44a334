import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna } from '../../testing/fake-shop.ts'

test('news are switched off and on again under the broadcast, whose words stay', async () => {
  const switchNotifications = vi.fn(async () => ({
    expiry: true,
    traffic: true,
    news: false,
    offers: false,
    referral: true,
  }))
  const bot = clientHarness({ switchNotifications })
  await bot.forge('news:0')
  expect(switchNotifications).toHaveBeenLastCalledWith(anna.id, { news: false, offers: false })
  expect(bot.lastAnswer()).toContain('no more news and offers')
  await bot.forge('news:1')
  expect(switchNotifications).toHaveBeenLastCalledWith(anna.id, { news: true, offers: true })
  expect(bot.callsOf('editMessageText')).toEqual([])
  expect(bot.callsOf('editMessageReplyMarkup')).toHaveLength(2)
})
