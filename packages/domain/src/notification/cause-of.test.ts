import { expect, test } from 'vitest'
import { causeEndedBy, causeOf } from './cause-of.ts'

const stuck = (reason: string, serverName: string | null = 'ams-1') =>
  causeOf({ kind: 'access_stuck', serverName, count: 1, reason }).key

test('customers who wait for the same trouble are one matter, whatever ids the panel names', () => {
  expect(stuck('10.0.0.5:2053 does not answer')).toBe(stuck('10.0.0.7:443 does not answer'))
  expect(stuck('no client acc_0f9k2 in inbound 3')).toBe(stuck('no client acc_77xx1 in inbound 3'))
  expect(stuck('does not answer')).not.toBe(stuck('no server has room'))
  expect(stuck('does not answer')).not.toBe(stuck('does not answer', 'fra-1'))
})

test('a server that is up again ends the matter of its being down, and no other', () => {
  const down = causeOf({ kind: 'server_down', serverName: 'ams-1', reason: 'no answer' }).key
  expect(causeEndedBy({ kind: 'server_up', serverName: 'ams-1' })).toBe(down)
  expect(causeEndedBy({ kind: 'server_up', serverName: 'ams-2' })).not.toBe(down)
  expect(causeEndedBy({ kind: 'backup_failed', reason: 'full' })).toBeNull()
})

test('customers who got their keys end the matter of their waiting, and no other', () => {
  const reason = '10.0.0.5:2053 does not answer'
  expect(causeEndedBy({ kind: 'access_healed', serverName: 'ams-1', reason })).toBe(stuck(reason))
  expect(causeEndedBy({ kind: 'access_healed', serverName: null, reason })).toBe(stuck(reason, null))
  expect(causeEndedBy({ kind: 'access_healed', serverName: 'fra-1', reason })).not.toBe(stuck(reason))
})

test('mirrored tickets end the matter of their being stuck', () => {
  const stuck = causeOf({ kind: 'relay_stuck', waiting: 1, since: '', trouble: 'kicked' }).key
  expect(causeEndedBy({ kind: 'relay_healed' })).toBe(stuck)
})

test('each sale is a matter of its own', () => {
  const sale = (paymentId: 'pay_1' | 'pay_2') => causeOf({ kind: 'sale', paymentId }).key
  expect(sale('pay_1')).not.toBe(sale('pay_2'))
})
