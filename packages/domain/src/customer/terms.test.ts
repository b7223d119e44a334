import { expect, test } from 'vitest'
import { longestTerms, parseTermsText } from './terms.ts'

test('an https address is a link, prose is a text, and nothing else is taken', () => {
  expect(parseTermsText(' https://shop.example/offer ')).toEqual({ kind: 'link', url: 'https://shop.example/offer' })
  expect(parseTermsText('1. Общие положения\n2. https://shop.example')).toMatchObject({ kind: 'text' })
  expect(parseTermsText('Оферта')).toEqual({ kind: 'text', text: 'Оферта' })
  for (const bad of ['', '  ', 'http://shop.example', 'javascript:alert(1)', 'tg://user?id=1', 'https://localhost'])
    expect(parseTermsText(bad)).toBeNull()
  expect(parseTermsText('ы'.repeat(longestTerms))).not.toBeNull()
  expect(parseTermsText('ы'.repeat(longestTerms + 1))).toBeNull()
})
