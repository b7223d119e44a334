import { expect, test } from 'vitest'
import { compareLocales } from './check-locales/compare-locales.ts'

const locale = (ru: string, en: string) =>
  compareLocales(
    new Map([
      ['bots/client/src/locales/ru/menu.ftl', ru],
      ['bots/client/src/locales/en/menu.ftl', en],
    ]),
  )

test('two languages that say the same with the same variables differ in nothing', () => {
  const ru =
    'days = { $count ->\n    [one] { $count } день\n   *[other] { $count } дней\n}\nhello = Привет, { $name }\n    .title = Привет\n# note\n'
  expect(locale(ru, 'days = { $count } days\nhello = Hello, { $name }\n    .title = Hello\n')).toEqual([])
})

test('a message that one language lacks is named with the file that lacks it', () => {
  expect(locale('a = 1\nb = 2\n', 'a = 1\n')).toEqual([
    'bots/client/src/locales/en/menu.ftl: lacks b → translate bots/client/src/locales/ru/menu.ftl:2',
  ])
  expect(locale('a = 1\n', 'a = 1\nb =\n    two\n')).toHaveLength(1)
})

test('a variable that one language forgot is named', () => {
  expect(locale('a = { $sum } { $days }\n', 'a = { $sum }\n')).toEqual([
    'bots/client/src/locales/en/menu.ftl:1: a lacks $days → bots/client/src/locales/ru/menu.ftl:1 has it',
  ])
})

test('a missing attribute, a repeated message and a line that is no Fluent are found', () => {
  expect(locale('a = 1\n    .tip = x\n', 'a = 1\n')[0]).toContain('lacks a.tip')
  expect(locale('a = 1\na = 2\n', 'a = 1\n')[0]).toContain('a is there twice')
  expect(locale('a = 1\n', 'a = 1\nlost text\n')[0]).toContain('en/menu.ftl:2: is not Fluent')
})

test('a Russian [one] without its number is found: it would be read for 21 too', () => {
  const sure = 'left = { $count ->\n    [one] Он один\n   *[other] Их { $count }\n}\n'
  expect(locale(sure, 'left = { $count } left\n')).toEqual([
    'bots/client/src/locales/ru/menu.ftl:2: [one] does not say $count → write [1], or the number',
  ])
  expect(locale(sure.replace('[one]', '[1]'), 'left = { $count } left\n')).toEqual([])
})

test('a whole file without its translation is missing', () => {
  const translated = ['ru', 'en'].map((language) => [`packages/web/locales/${language}/b.ftl`, 'b = 1\n'] as const)
  expect(compareLocales(new Map([...translated, ['bots/admin/src/locales/ru/a.ftl', 'a = 1\n']]))).toEqual([
    'bots/admin/src/locales/en/a.ftl: is missing → translate bots/admin/src/locales/ru/a.ftl',
  ])
})

test('the same message in two files of one language is found', () => {
  const files = ['one', 'two'].flatMap((name) =>
    ['ru', 'en'].map((language) => [`bots/client/src/locales/${language}/${name}.ftl`, 'a = 1\n'] as const),
  )
  expect(compareLocales(new Map(files))).toHaveLength(2)
})
