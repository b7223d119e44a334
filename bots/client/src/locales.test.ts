import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { clientProfile } from './profile.ts'
import { translations } from './testing/client-harness.ts'

const folder = fileURLToPath(new URL('./locales', import.meta.url))
const keysIn = (language: string): string[] =>
  readdirSync(`${folder}/${language}`)
    .flatMap((file) => [...readFileSync(`${folder}/${language}/${file}`, 'utf8').matchAll(/^([a-z][\w-]*) *=/gm)])
    .map((match) => match[1] ?? '')
    .sort()

test('both languages say the same things, none of them twice', () => {
  expect(keysIn('en')).toEqual(keysIn('ru'))
  expect(new Set(keysIn('ru')).size).toBe(keysIn('ru').length)
})

test("commands and descriptions keep to Telegram's limits", () => {
  const { commands, texts } = clientProfile(translations)
  expect(commands.map((set) => set.language)).toEqual([undefined, 'en', 'ru'])
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
