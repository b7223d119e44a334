import { expect, test } from 'vitest'
import { parseEmail } from './email.ts'

test.each([
  ['anna@mail.ru', 'anna@mail.ru'],
  ['  Anna.B+vpn@sub.example.co.uk \n', 'Anna.B+vpn@sub.example.co.uk'],
  ['mailto:a@b.io', 'a@b.io'],
  ['a@xn--e1afmkfd.xn--p1ai', 'a@xn--e1afmkfd.xn--p1ai'],
])('%j is an address', (text, email) => {
  expect(parseEmail(text)).toBe(email)
})

test.each([
  '',
  'anna',
  'anna@',
  '@mail.ru',
  'anna@mail',
  'anna@@mail.ru',
  'anna @mail.ru',
  'a@b.ru, c@d.ru',
  'a@b.ru\nBcc: c@d.ru',
  'аnna@mail.ru',
  'anna@почта.рф',
  'anna@-mail.ru',
  'anna@mail..ru',
  `${'a'.repeat(65)}@mail.ru`,
  `a@${'b'.repeat(50)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.ru`,
  `${'a@'.repeat(5000)}b.ru`,
])('%j is none', (text) => {
  expect(parseEmail(text)).toBeNull()
})
