import { expect, test } from 'vitest'
import { parsePromoCode } from './promo.ts'

test.each([
  ['WINTER', 'WINTER'],
  [' winter-25 ', 'WINTER-25'],
  ['\u0412\u0415\u0421\u041d\u0410', 'BECHA'],
  ['\u0416\u0423\u041a', null],
  ['\u0421\u041e\u041a-5', 'COK-5'],
  ['ab', null],
  ['a b c', null],
  ['', null],
  ["'; drop", null],
  ['x'.repeat(10_000), null],
  ['\u0000AAA', null],
  ['-ABC', null],
])('%j is read as %j', (typed, code) => {
  expect(parsePromoCode(typed)).toBe(code)
})
