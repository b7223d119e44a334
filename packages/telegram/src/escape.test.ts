import { escapeHtml } from '@vpn-kiosk/i18n'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bounded, code, link } from './escape.ts'

describe('escapeHtml', () => {
  test('leaves nothing that Telegram would read as markup', () => {
    expect(code('<b>&"')).toBe('<code>&lt;b&gt;&amp;&quot;</code>')
    expect(link('x', 'https://a.b/?q="><script>')).not.toContain('<script>')
    fc.assert(fc.property(fc.string(), (text) => !/[<>"]/.test(escapeHtml(text))))
  })
})

describe('bounded', () => {
  test('keeps to the limit and never leaves half of a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(20), (text, max) => {
        const cut = bounded(text, max)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(cut.isWellFormed()).toBe(true)
      }),
    )
    expect(bounded('a😀b', 3)).toBe('a…')
    expect(bounded('short', 5)).toBe('short')
  })
})
