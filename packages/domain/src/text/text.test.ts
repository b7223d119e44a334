import { expect, test } from 'vitest'
import { cutText, tidyName, toStorable, toStorableJson } from './text.ts'

test('what Postgres cannot keep is replaced, and nothing else', () => {
  expect(toStorable('a\0b\uD83Dc😀')).toBe('a\uFFFDb\uFFFDc😀')
  expect(JSON.parse(toStorableJson({ said: ['a\0', '\uDE00', 'written as \\u0000'], minor: 1 }))).toEqual({
    said: ['a\uFFFD', '\uFFFD', 'written as \\u0000'],
    minor: 1,
  })
})

test('the name of a field is replaced like a text', () => {
  expect(JSON.parse(toStorableJson({ 'a\0': { '\uD83D': 1 }, '\\u0000': 2 }))).toEqual({
    'a\uFFFD': { '\uFFFD': 1 },
    '\\u0000': 2,
  })
})

test('a text is cut between characters', () => {
  expect(cutText(`${'x'.repeat(9)}😀`, 10)).toBe('x'.repeat(9))
  expect(cutText(`${'x'.repeat(8)}😀`, 10)).toBe(`${'x'.repeat(8)}😀`)
})

test.each([
  [' my \n phone ', 'my phone'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['a\0b\uD83D', 'a b'],
  ['👨‍👩‍👧 дом', '👨‍👩‍👧 дом'],
  [`${'x'.repeat(31)}😀`, 'x'.repeat(31)],
  ['\u2066\u2069\r\n', ''],
])('the name %j becomes %j', (typed, kept) => {
  expect(tidyName(typed, 32)).toBe(kept)
})
