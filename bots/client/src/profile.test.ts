import { expect, test } from 'vitest'
import { clientProfile } from './profile.ts'
import { translations } from './testing/client-harness.ts'

test.each([true, false])(
  "the profile keeps to Telegram's limits, and promises a trial where there is one: %s",
  (hasTrial) => {
    const { commands, texts } = clientProfile(translations, { hasTrial })
    expect(commands.map((set) => set.language)).toEqual([undefined, 'ru', 'en'])
    for (const { commands: list } of commands) {
      expect(list.some(({ command }) => command === 'trial')).toBe(hasTrial)
      for (const { command, description } of list) {
        expect(command).toMatch(/^[a-z0-9_]{1,32}$/)
        expect(description.length).toBeLessThanOrEqual(256)
      }
    }
    for (const { description, shortDescription } of texts) {
      expect(description?.length).toBeLessThanOrEqual(512)
      expect(shortDescription?.length).toBeLessThanOrEqual(120)
    }
    expect(/trial/.test(texts.find(({ language }) => language === 'en')?.description ?? '')).toBe(hasTrial)
  },
)
