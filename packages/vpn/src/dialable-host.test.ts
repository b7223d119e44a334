import { expect, test } from 'vitest'
import { bareHost, isDialable } from './dialable-host.ts'

test.each([
  '127.0.0.1',
  '127.1',
  '0.0.0.0',
  '10.0.0.5',
  '172.18.0.2',
  '192.168.1.1',
  '169.254.7.7',
  '100.64.0.1',
  '::',
  '::1',
  '::ffff:10.0.0.5',
  'fe80::1',
  'fd00::7',
  'localhost',
  '3x-ui',
  'panel.local',
  'x-ui.internal',
  'router.lan',
  '',
  'with space.test',
  '@xui.sock',
  '/run/xui.sock',
])('%s is nothing that a customer could dial', (host) => {
  expect(isDialable(host)).toBe(false)
})

test.each(['203.0.113.7', '8.8.8.8', '2001:db8::1', 'vpn.example.com', 'a-b.example.', 'xn--e1afmkfd.xn--p1ai'])(
  '%s can be dialed',
  (host) => {
    expect(isDialable(host)).toBe(true)
  },
)

test('brackets and blanks around a host are no part of it', () => {
  expect(bareHost(' [2001:db8::1] ')).toBe('2001:db8::1')
})
