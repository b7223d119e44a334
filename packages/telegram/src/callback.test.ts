import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choosePlan, exampleBot, planId } from '../test/example-feature.ts'
import {
  choiceField,
  defineCallback,
  flagField,
  idField,
  intField,
  newRequestId,
  optionalField,
  requestField,
  wordField,
} from './callback.ts'
import { createBotHarness } from './testing.ts'

const full = defineCallback('full', {
  plan: idField('plan'),
  count: intField(),
  method: choiceField(['card', 'crypto']),
  sure: flagField(),
  provider: wordField(),
  server: optionalField(idField('server')),
})

describe('defineCallback', () => {
  test('reads back whatever it packed', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constantFrom('card' as const, 'crypto' as const),
        (count, sure, method) => {
          const values = { plan: 'pln_8x2k8x2k' as const, count, method, sure, provider: 'test', server: null }
          expect(full.parse(full.pack(values))).toEqual(values)
        },
      ),
    )
  })

  test('carries a request id, and nothing that only looks like one', () => {
    const button = defineCallback('add', { request: requestField() })
    const request = newRequestId()
    expect(button.parse(button.pack({ request }))).toEqual({ request })
    expect(newRequestId()).not.toBe(request)
    for (const bad of ['add:', 'add:1234567', 'add:123456789', 'add:ABCDEFGH']) expect(button.parse(bad)).toBeNull()
  })

  test('fits two ids into 64 bytes and refuses three', () => {
    const long = '8x2k8x2k8x2k8x2k8x2k'
    const two = defineCallback('two', { a: idField('plan'), b: idField('order') })
    expect(two.pack({ a: `pln_${long}`, b: `ord_${long}` }).length).toBeLessThanOrEqual(64)
    const three = defineCallback('three', { a: idField('plan'), b: idField('order'), c: idField('server') })
    expect(() => three.pack({ a: `pln_${long}`, b: `ord_${long}`, c: `srv_${long}` })).toThrow(/64 is the limit/)
  })

  test.each([
    '',
    'plan',
    'plan:',
    'plan:8x2k',
    'plan:8x2k:-',
    'plan:8x2k:0:0',
    'plan2:8x2k:0',
    'plan:../x:0',
    'plan:8x2k:zzzzzzzzzzzzzz',
    'plan:8x2k:01',
    'menu/0/0//habcd',
    '💥',
  ])('does not read %j', (data) => {
    expect(choosePlan.parse(data)).toBeNull()
  })

  test('refuses to pack what could not be read back', () => {
    const word = defineCallback('word', { word: wordField() })
    expect(() => word.pack({ word: 'a:b' })).toThrow(/read back/)
  })

  test('hands the values to its handler', async () => {
    const bot = createBotHarness(exampleBot, { language: 'en' })
    await bot.command('start')
    await bot.tap('Buy')
    expect(bot.lastScreen().text).toContain(planId)
  })

  test('lets malformed data fall through to the polite answer', async () => {
    const bot = createBotHarness(exampleBot, { language: 'en' })
    await bot.forge('plan:DROP TABLE:0')
    expect(bot.lastAnswer()).toContain('out of date')
  })
})
