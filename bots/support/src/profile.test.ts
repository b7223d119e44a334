import { expect, test } from 'vitest'
import { supportProfile } from './profile.ts'
import { translations } from './testing/support-harness.ts'

test("commands and descriptions keep to Telegram's limits, for customers and agents apart", () => {
  const { commands, texts } = supportProfile(translations)
  expect(commands).toHaveLength(6)
  for (const { commands: list } of commands)
    for (const { command, description } of list) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/)
      expect(description.length).toBeLessThanOrEqual(256)
    }
  for (const { description, shortDescription } of texts) {
    expect(description?.length).toBeLessThanOrEqual(512)
    expect(shortDescription?.length).toBeLessThanOrEqual(120)
  }
})
