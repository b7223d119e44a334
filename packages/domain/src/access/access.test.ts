import { describe, expect, test } from 'vitest'
import { newId } from '../ids/ids.ts'
import { accountOf } from './access.ts'
import { isAccountId } from './driver.ts'

describe('an account', () => {
  test('carries our tag and nothing that a panel, a file or a shell could trip over', () => {
    for (let count = 0; count < 100; count++) expect(isAccountId(accountOf(newId('access')))).toBe(true)
    for (const foreign of ['vk', 'vk-', 'VK-abcd', 'anna', 'vk-a b', "vk-';--", 'vk-abcd\n'])
      expect(isAccountId(foreign)).toBe(false)
  })
})
