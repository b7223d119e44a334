import { expect, test } from 'vitest'
import { giftPayload, newGiftCode, parseGiftPayload } from './gift.ts'

test('a code is read back from its payload, which fits into a link, and no two are alike', () => {
  const codes = Array.from({ length: 1000 }, newGiftCode)
  for (const code of codes) {
    expect(parseGiftPayload(giftPayload(code))).toBe(code)
    expect(parseGiftPayload(giftPayload(code).toUpperCase())).toBe(code)
    expect(giftPayload(code).length).toBeLessThanOrEqual(64)
  }
  expect(new Set(codes).size).toBe(1000)
})

test.each([
  '',
  'gift_',
  'gift_short',
  `gift_${'a'.repeat(27)}`,
  `gift_${'a'.repeat(10_240)}`,
  // Cyrillic letters that look alike.
  `gift_${'\u0430'.repeat(26)}`,
  `gift_${'a'.repeat(25)}'`,
  // A letter that becomes two when it is made small.
  `gift_\u0130${'a'.repeat(24)}`,
  `promo_${'a'.repeat(26)}`,
])('%# is no payload of a gift', (text) => {
  expect(parseGiftPayload(text)).toBeNull()
})
