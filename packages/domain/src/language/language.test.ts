import { expect, test } from 'vitest'
import { nearestLanguage, parseAcceptLanguage, textIn } from './language.ts'

const spoken = ['en', 'ru']

test.each([
  ['ru-RU', 'ru'],
  ['EN', 'en'],
  ['uk', 'ru'],
  ['de_AT', 'en'],
  ['', 'ru'],
  [null, 'ru'],
  [undefined, 'ru'],
])('whoever says %s is spoken to in %s', (code, language) => {
  expect(nearestLanguage(code, spoken, 'ru')).toBe(language)
})

test('a shop without English speaks its own language to strangers', () => {
  expect(nearestLanguage('de', ['ru'], 'ru')).toBe('ru')
  expect(nearestLanguage('uk', ['fa'], 'fa')).toBe('fa')
})

test('a text that is not in a language is said in one in which it is', () => {
  expect(textIn({ ru: 'a', en: 'b' }, 'en')).toBe('b')
  expect(textIn({ ru: 'a', en: 'b' }, 'fa')).toBe('a')
  expect(textIn({ ru: '', en: 'b' }, 'ru')).toBe('b')
  expect(textIn(null, 'ru')).toBe('')
})

test.each([
  ['ru-RU,ru;q=0.9,en;q=0.8', ['ru-RU', 'ru', 'en']],
  ['en;q=0.1, ru', ['ru', 'en']],
  ['*;q=0, en', ['en']],
  ['', []],
])('a browser that sends %j asks for %j', (header, wishes) => {
  expect(parseAcceptLanguage(header)).toEqual(wishes)
})
