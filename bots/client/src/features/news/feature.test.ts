import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna } from '../../testing/fake-shop.ts'

test('news are switched off and on again under the broadcast, whose words stay', async () => {
  const switchNews = vi.fn(async () => {})
  const bot = clientHarness({ switchNews })
  await bot.forge('news:0')
  expect(switchNews).toHaveBeenLastCalledWith(anna.id, { isOn: false })
  expect(bot.lastAnswer()).toContain('no more news')
  await bot.forge('news:1')
  expect(switchNews).toHaveBeenLastCalledWith(anna.id, { isOn: true })
  expect(bot.callsOf('editMessageText')).toEqual([])
  expect(bot.callsOf('editMessageReplyMarkup')).toHaveLength(2)
})
