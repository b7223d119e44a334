import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

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
