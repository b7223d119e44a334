import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { money } from '@vpn-kiosk/domain'
import { describe, expect, test } from 'vitest'
import { createTranslations } from './create-translations.ts'
import { rawHtml } from './raw-html.ts'

const directories = [fileURLToPath(new URL('../test/fixtures/locales', import.meta.url))]
const translations = createTranslations({ directories, defaultLanguage: 'ru', timeZone: 'Europe/Moscow', strict: true })
const plain = (text: string) => text.replace(/\s/g, ' ')
const ru = translations.translatorFor('ru')
const en = translations.translatorFor('en')

function lenient() {
  const warnings: object[] = []
  const logger = { warn: (fields: object) => warnings.push(fields) }
  const words = createTranslations({ directories, defaultLanguage: 'ru', timeZone: 'Europe/Moscow', logger })
  return { warnings, words }
}

describe('a translator', () => {
  test("escapes a person's text and takes our own HTML as it is", () => {
    expect(en('greeting', { name: '<i>&' })).toBe('Hello, <b>&lt;i&gt;&amp;</b>!')
    expect(en('greeting', { name: rawHtml('<i>A</i>') })).toBe('Hello, <b><i>A</i></b>!')
    expect(en.plain('plan-chosen', { plan: 'A & B' })).toBe('You chose: A & B')
  })

  test('puts no invisible marks around variables', () => {
    expect(en('plan-chosen', { plan: 'vless://x' })).toBe('You chose: vless://x')
  })

  test('chooses plural forms', () => {
    expect(new Set([1, 21].map((days) => ru('days-left', { days }).replace(/\d+/, '')))).toHaveLength(1)
    expect(new Set([1, 2, 5].map((days) => ru('days-left', { days }).replace(/\d+/, '')))).toHaveLength(3)
    expect(en('days-left', { days: 1n })).toBe('1 day left')
  })

  test('takes the nearest language it has', () => {
    expect(['en-GB', 'EN', 'ru', 'de', '', null, undefined].map(translations.negotiate)).toEqual([
      'en',
      'en',
      'ru',
      'en',
      'ru',
      'ru',
      'ru',
    ])
  })

  test('throws in strict mode on an unknown key, a key of another language only, and a missing variable', () => {
    expect(() => ru('nonsense')).toThrow(/nonsense/)
    expect(() => en('only-russian')).toThrow(/only-russian/)
    expect(() => en('greeting')).toThrow(/name/)
  })

  test('otherwise logs, and says it in the default language', () => {
    const { words, warnings } = lenient()
    const translator = words.translatorFor('en')
    expect(translator('only-russian')).toBe(ru('only-russian'))
    expect(translator('nonsense')).toContain('nonsense')
    expect(warnings).toHaveLength(2)
    expect(words.translatorFor('ru')('nonsense')).toBe('nonsense')
    expect(warnings).toHaveLength(3)
  })

  test('says what it can when a variable is missing, and logs that too', () => {
    const { words, warnings } = lenient()
    expect(words.translatorFor('en')('greeting')).toContain('Hello')
    expect(warnings).toMatchObject([{ key: 'greeting', language: 'en', reason: expect.stringContaining('name') }])
  })

  test.each([
    ['a sentence that breaks off', 'well = Well.\nbroken = { $name\n'],
    ['a sentence without words', 'empty =\nwell = Well.\n'],
  ])('does not start with %s', async (_, text) => {
    const folder = await mkdtemp(join(tmpdir(), 'locales-'))
    await mkdir(join(folder, 'ru'))
    await writeFile(join(folder, 'ru', 'bot.ftl'), text)
    const start = () => createTranslations({ directories: [folder], defaultLanguage: 'ru', timeZone: 'Europe/Moscow' })
    expect(start).toThrow(/^locale ru: (broken|empty) is not written/)
    await rm(folder, { recursive: true })
  })
})

describe('formats', () => {
  test('writes money without floats and without needless kopecks', () => {
    expect(plain(ru.money(money(29_900, 'RUB')))).toBe('299 ₽')
    expect(plain(ru.money(money(129_950, 'RUB')))).toBe('1 299,50 ₽')
    expect(plain(en.money(money(299, 'USD')))).toBe('$2.99')
    expect(plain(en.money(money(150, 'XTR')))).toBe('150 ⭐')
    expect(plain(en.money(money(1_790_000, 'USDT')))).toBe('1.79 USDT')
    expect(plain(en.money(money(90_071_992_547_409_931n, 'RUB')))).toBe('₽900,719,925,474,099.31')
  })

  test("writes dates in the shop's time zone", () => {
    const at = new Date('2026-11-20T22:30:00Z')
    expect(en.date(at)).toBe('21 November 2026')
    expect(ru.date(at)).toMatch(/^21 \p{Script=Cyrillic}+ 2026$/u)
    expect(en.dateTime(at)).toBe('21 November at 01:30 MSK')
    expect(ru.dateTime(at)).toMatch(/01:30 \p{Script=Cyrillic}{3}$/u)
  })

  test('writes sizes as VPN apps do, a gigabyte of 1024³ bytes, with at most one decimal', () => {
    const mib = 1024n ** 2n
    expect(
      [0n, 300n * mib, 1024n * mib - 1n, 1540n * mib, 10n ** 10n, 10n * 1024n * mib, 1024n ** 4n * 5n].map((count) =>
        plain(en.bytes(count)),
      ),
    ).toEqual(['0 MB', '300 MB', '1 GB', '1.5 GB', '9.3 GB', '10 GB', '5 TB'])
  })
})
