import { Api } from 'grammy'
import { expect, test } from 'vitest'
import { type BotProfile, publishProfile } from './publish-profile.ts'

const profile: BotProfile = {
  commands: [
    { commands: [{ command: 'start', description: 'Menu' }] },
    {
      language: 'ru',
      scope: { type: 'all_private_chats' },
      commands: [{ command: 'start', description: 'Menu (ru)' }],
    },
  ],
  texts: [{ description: 'Sells', shortDescription: 'Kiosk' }],
}

function fakeTelegram() {
  const kept = new Map<string, string>()
  const calls: string[] = []
  let failing = ''
  const api = new Api('1:test')
  api.config.use(async (_prev, method) => {
    calls.push(method)
    return (
      method === failing
        ? { ok: false, error_code: 429, description: 'Too Many Requests: retry after 600' }
        : { ok: true, result: true }
    ) as never
  })
  const memory = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => void kept.set(key, value),
  }
  return {
    api,
    calls,
    memory,
    fail: (method: string) => {
      failing = method
    },
  }
}

test('publishes a profile once, and afterwards only what changed', async () => {
  const { api, calls, memory } = fakeTelegram()
  expect(await publishProfile(api, profile, memory)).toBe(4)
  expect(await publishProfile(api, profile, memory)).toBe(0)
  const changed = { ...profile, texts: [{ description: 'Sells more', shortDescription: 'Kiosk' }] }
  expect(await publishProfile(api, changed, memory)).toBe(1)
  expect(calls.at(-1)).toBe('setMyDescription')
})

test('tries again what failed, and only that', async () => {
  const { api, memory, fail } = fakeTelegram()
  fail('setMyShortDescription')
  await expect(publishProfile(api, profile, memory)).rejects.toThrow('Too Many Requests')
  fail('')
  expect(await publishProfile(api, profile, memory)).toBe(1)
})
