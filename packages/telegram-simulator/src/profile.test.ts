import { expect, test } from 'vitest'
import { chat, createBot, openScene } from './testing/bot-harness.ts'

test('a person sees the commands of their language, the narrowest scope first', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  const { people, anna } = scene
  await bot.api.setMyCommands([{ command: 'start', description: 'Start' }])
  await bot.api.setMyCommands([{ command: 'config', description: 'My key' }], { language_code: 'en' })

  expect(people.listCommands({ person: anna, bot: chat })).toEqual([{ command: 'config', description: 'My key' }])
  const scope = { type: 'chat', chat_id: anna } as const
  await bot.api.setMyCommands([{ command: 'admin', description: 'Admin' }], { scope })
  expect(people.listCommands({ person: anna, bot: chat })).toEqual([{ command: 'admin', description: 'Admin' }])
  await bot.api.deleteMyCommands({ scope })
  expect(await bot.api.getMyCommands({ language_code: 'en' })).toHaveLength(1)
  expect(await bot.api.getMyCommands({ scope })).toEqual([])
  await expect(bot.api.setMyCommands([{ command: 'No', description: 'x' }])).rejects.toThrow('BOT_COMMAND_INVALID')
})

test('a menu button of no known type is refused', async () => {
  const bot = createBot(await openScene())
  const menu_button = { type: 'game' } as unknown as { readonly type: 'default' }
  await expect(bot.api.setChatMenuButton({ menu_button })).rejects.toThrow(
    "can't parse menu button: MenuButton has unsupported type",
  )
})

test('names and descriptions fall back to the language that is none', async () => {
  const bot = createBot(await openScene())
  await bot.api.setMyDescription('Sells VPN')
  await bot.api.setMyDescription('Verkauft VPN', { language_code: 'de' })
  await bot.api.setMyShortDescription('VPN')
  await bot.api.setMyName('Kiosk')

  expect(await bot.api.getMyDescription({ language_code: 'fr' })).toEqual({ description: 'Sells VPN' })
  expect(await bot.api.getMyDescription({ language_code: 'de' })).toEqual({ description: 'Verkauft VPN' })
  expect(await bot.api.getMyShortDescription()).toEqual({ short_description: 'VPN' })
  expect(await bot.api.getMe()).toMatchObject({ id: 100, is_bot: true, username: 'shop_bot', first_name: 'Kiosk' })
  await expect(bot.api.setMyName('x'.repeat(65))).rejects.toThrow('too long')
})
