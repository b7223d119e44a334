import { expect, test } from 'vitest'
import { freeOrdinal, serverLabel } from './server-label.ts'

const amsterdam = { country: 'NL', city: 'Amsterdam', cityTitles: { ru: 'AMS-RU', en: 'Amsterdam' }, ordinal: 1 }

test('a label is the flag and the city in the language of who reads it', () => {
  expect(serverLabel(amsterdam, 'ru')).toBe('🇳🇱 AMS-RU')
  expect(serverLabel(amsterdam, 'en')).toBe('🇳🇱 Amsterdam')
})

test('a language that was not given reads the plain city', () => {
  expect(serverLabel({ ...amsterdam, cityTitles: { en: 'Amsterdam' } }, 'ru')).toBe('🇳🇱 Amsterdam')
  expect(serverLabel({ ...amsterdam, cityTitles: null }, 'ru')).toBe('🇳🇱 Amsterdam')
})

test('the second in a city is told apart by its number', () => {
  expect(serverLabel({ ...amsterdam, ordinal: 2 }, 'en')).toBe('🇳🇱 Amsterdam · 2')
})

test('the lowest free number is taken again', () => {
  expect([freeOrdinal([]), freeOrdinal([1, 2]), freeOrdinal([2, 3]), freeOrdinal([1, 3])]).toEqual([1, 3, 1, 2])
})
