import { expect, test } from 'vitest'
import { clientProfile } from './profile.ts'
import { translations } from './testing/client-harness.ts'

test.each(['free', 'paid', 'none'] as const)(
  "the profile keeps to Telegram's limits, and promises a trial where there is one: %s",
  (trial) => {
    const { commands, texts } = clientProfile(translations, { trial })
    const hasTrial = trial !== 'none'
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
    const description = texts.find(({ language }) => language === 'en')?.description ?? ''
    expect(description.includes('free trial')).toBe(trial === 'free')
    expect(description.includes('try it for a few days')).toBe(trial === 'paid')
  },
)
