import { expect, test } from 'vitest'
import * as waits from './longest-waits.ts'

test('every wait ends after a stated time, with a stated end', () => {
  const tables = Object.entries(waits)
  expect(tables.length).toBeGreaterThan(5)
  for (const [table, entries] of tables)
    for (const [state, wait] of Object.entries(entries)) {
      expect(wait.atMostMs, `${table} ${state}`).toBeGreaterThan(0)
      expect(wait.atMostMs, `${table} ${state}`).toBeLessThan(Number.POSITIVE_INFINITY)
      expect(wait.afterwards, `${table} ${state}`).not.toBe('')
    }
})
