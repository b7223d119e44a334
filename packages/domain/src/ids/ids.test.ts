import { describe, expect, test } from 'vitest'
import { isId, newId } from './ids.ts'

describe('an id', () => {
  test('says what it names and does not repeat', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId('payment')))
    expect(ids.size).toBe(10_000)
    for (const id of ids) expect(isId('payment', id)).toBe(true)
  })

  test.each(['', 'pay_', 'sub_8x2k8x2k', 'pay_8X2K', 'pay_8x2k; drop table', `pay_${'a'.repeat(33)}`, 'pay_8x2k\n'])(
    'from outside is checked: %j is none of a payment',
    (text) => {
      expect(isId('payment', text)).toBe(false)
    },
  )
})
