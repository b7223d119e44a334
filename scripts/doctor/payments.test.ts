import { addDays } from '@vpn-kiosk/domain'
import { expect, test } from 'vitest'
import { describeAccount } from './payments.ts'

const now = new Date('2026-11-27T10:00:00Z')
const account = { isTest: false, isEnabled: true, needsReceipts: false }
const findingWith = (keyExpiresAt: Date | null) => describeAccount('payments wata', { ...account, keyExpiresAt }, now)

test('an account under 54-FZ is fine where receipts are sent, and named where none are', () => {
  const fiscal = { ...account, needsReceipts: true, keyExpiresAt: null }
  expect(describeAccount('payments x', { ...fiscal, sendsReceipts: true }, now)).toMatchObject({
    status: 'fine',
    message: expect.stringContaining('asked for an e-mail'),
  })
  expect(describeAccount('payments x', fiscal, now)).toMatchObject({
    status: 'wrong',
    message: expect.stringContaining('sends none'),
  })
})

test.each([
  ['that never runs out', null, 'fine', 'the keys work'],
  ['good for fifteen days', addDays(now, 15), 'fine', 'the keys work'],
  ['good for thirteen days', addDays(now, 13), 'wrong', 'the key runs out on 2026-12-10'],
  ['of yesterday', addDays(now, -1), 'wrong', 'the key ran out on 2026-11-26'],
])('a key %s is told of in time', (_, keyExpiresAt, status, message) => {
  expect(findingWith(keyExpiresAt)).toMatchObject({ status, message })
})
