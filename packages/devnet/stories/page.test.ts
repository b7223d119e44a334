import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type ServedPage, servePage } from '../src/control/serve-page.ts'
import { findChromium, openBrowser } from './browser/open-browser.ts'
import { openStory, type Story } from './story.ts'

const soon = { timeout: 10_000, interval: 30 }

describe.skipIf(findChromium() === null)('the chat page (needs Chromium)', () => {
  let story: Story
  let served: ServedPage
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    story = await openStory(inject('postgresUrl'))
    served = await servePage(story.devnet, { host: '127.0.0.1', port: 0 })
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
    await story?.end()
  })
  beforeEach(async () => {
    complaints = []
    const context = await browser.newContext({
      viewport: { width: 1500, height: 900 },
      locale: 'ru-RU',
      timezoneId: 'America/New_York',
    })
    page = await context.newPage()
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error.stack)))
    await page.goto(`${served.url}/?lang=ru`)
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })

  const column = (role: string): Locator => page.locator(`.column.${role}`)
  const newest = (role: string): Locator => column(role).locator('.row.in').last()
  const press = (role: string, text: string) => newest(role).locator('.inline', { hasText: text }).first().click()
  const textOf = async (place: Locator) =>
    ((await place.textContent({ timeout: 1000 }).catch(() => null)) ?? '').replaceAll('\u00a0', ' ')
  const sees = (role: string, text: RegExp) => expect.poll(() => textOf(newest(role)), soon).toMatch(text)
  /** Until it stands in the chat: a page that is drawn anew at that moment has lost what was typed. */
  const write = async (role: string, text: string) => {
    const sent = column(role).locator('.row.out')
    const before = await sent.count()
    await column(role).locator('.field').fill(text)
    await column(role).locator('.field').press('Enter')
    await expect.poll(() => sent.count(), soon).toBeGreaterThan(before)
  }
  const become = async (name: string) => {
    await column('customer').locator('.who').click()
    await column('customer').locator('.person', { hasText: name }).first().click()
    await column('customer').locator('.who', { hasText: name }).waitFor()
  }

  test('shows three conversations, and the owner what is going on', async () => {
    await expect.poll(() => page.locator('.column').count(), soon).toBe(3)
    await column('customer').locator('.start').waitFor()
    await sees('admin', /Сводка/)
    expect(await page.locator('.scenario').count()).toBe(9)
    for (const scenario of await page.locator('.scenario').all()) {
      const box = await scenario.boundingBox()
      expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(1500)
    }
  })

  test('a button pressed changes the message in its place', async () => {
    await column('customer').locator('.start').click()
    await sees('customer', /Здравствуйте, Anna/)
    const count = await column('customer').locator('.row').count()
    await press('customer', 'Купить')
    await sees('customer', /299 ₽/)
    expect(await column('customer').locator('.row').count()).toBe(count)
    expect(await newest('customer').locator('.meta').textContent()).toContain('изм.')
  })

  test('a customer pays on the page of the provider and gets the key', async () => {
    await become('Boris')
    await column('customer').locator('.start').click()
    await sees('customer', /Здравствуйте, Boris/)
    for (const button of ['Купить', '1 месяц', 'Тест']) {
      await press('customer', button)
      await newest('customer').locator('.inline.busy').waitFor({ state: 'detached' })
      await sees('customer', { Купить: /На сколько/, '1 месяц': /Как удобнее/, Тест: /Счёт ждёт/ }[button] ?? /./)
    }
    await press('customer', 'Оплатить')
    await page.frameLocator('iframe').getByRole('button', { name: 'Оплатить' }).click()
    await sees('customer', /Готово! .*\/s\//s)
    await sees('admin', /Продажа: 299 ₽/)
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.locator('.bar .chip', { hasText: 'Ключи' }).click()
    await expect.poll(() => page.locator('dialog td', { hasText: 'Boris' }).count(), soon).toBe(1)
  })

  test('what a customer types reaches the group, and the answer the customer', async () => {
    await become('Emma')
    await column('customer').locator('.tab', { hasText: 'Поддержка' }).click()
    await column('customer').locator('.start').click()
    await sees('customer', /./)
    await write('customer', 'It does not connect <b>at all</b>')
    await column('agent').locator('.topic', { hasText: 'Emma' }).click()
    await sees('agent', /It does not connect <b>at all<\/b>/)
    await write('agent', 'Try it now')
    await sees('customer', /Try it now/)
  })

  test('switches move the world: a panel that is down, a clock that runs ahead', async () => {
    const panel = (checked: string) => page.locator(`.bar .switch[aria-checked=${checked}]`, { hasText: '3X-UI' })
    const before = story.devnet.clock.now().getTime()
    await panel('true').click()
    await panel('false').waitFor()
    await expect(fetch(story.devnet.panel.url)).rejects.toThrow()
    await panel('false').click()
    await panel('true').waitFor()
    await page.getByRole('button', { name: '+1 день' }).click()
    await expect.poll(() => story.devnet.clock.now().getTime() - before, soon).toBeGreaterThan(86_400_000)
    await page.locator('.bar:not(.moving)').waitFor()
  })

  test("the page and the bots are in one clock: the shop's, wherever the browser is", async () => {
    const shown = new Intl.DateTimeFormat('ru-RU', { timeZone: 'Europe/Moscow', hour: '2-digit', minute: '2-digit' })
    await expect.poll(() => textOf(page.locator('.clock-face b')), soon).toBe(shown.format(story.devnet.clock.now()))
    expect(await textOf(page.locator('.clock-zone'))).toBe('МСК')
    await write('admin', '/dashboard')
    const hour = shown.format(story.devnet.clock.now()).slice(0, 2)
    await sees('admin', new RegExp(`Сводка · .* в ${hour}:\\d\\d МСК`))
    expect(await textOf(newest('admin').locator('.meta'))).toMatch(new RegExp(`${hour}:\\d\\d$`))
  })

  test('the bar stays within the window at every width, with fonts as wide as they come', async () => {
    const outside = () =>
      page.evaluate<string[]>(`[...document.querySelectorAll('.bar, .bar *')]
        .map((part) => ({ name: String(part.className), box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5))
        .map(({ name }) => name)`)
    for (const isWide of [false, true]) {
      if (isWide) await page.addStyleTag({ content: '.bar * { letter-spacing: 0.12em; word-spacing: 0.2em }' })
      for (const width of [1920, 1640, 1500, 1440, 1340, 1200, 1024, 961, 768, 390, 320]) {
        await page.setViewportSize({ width, height: 900 })
        expect({ width, isWide, outside: await outside() }).toEqual({ width, isWide, outside: [] })
      }
      await page.locator('.more').click()
      expect(await outside()).toEqual([])
    }
  })

  test('switching to English switches everybody who is played, also where the shop knows them already', async () => {
    await become('Boris')
    await write('customer', '/menu').catch(() => column('customer').locator('.start').click())
    await sees('customer', /Главное меню|Здравствуйте/)
    await page.getByTitle('English').click()
    // The bar of the English page, which is drawn once everybody speaks English.
    await page.getByTitle('русский').waitFor()
    await become('Boris')
    await write('customer', '/menu')
    await sees('customer', /Main menu/)
    await write('admin', '/dashboard')
    await sees('admin', /Dashboard/)
  })

  test('the address and the password of each panel are there to be copied', async () => {
    await page.locator('.bar .chip', { hasText: 'Ключи' }).click()
    for (const { url, password } of [story.devnet.panel, story.devnet.sparePanel])
      for (const text of [url, password]) await page.locator('.credential', { hasText: text }).first().waitFor()
  })

  test('nothing outside the page is served from its folder', async () => {
    for (const path of ['/page/../main.ts', '/page/%2e%2e/main.ts', '/page/locales/../../main.ts', '/page/x.js'])
      expect((await fetch(served.url + path)).status).toBe(404)
    const answer = await fetch(`${served.url}/world/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"ms":-1}',
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { kind: 'invalid' } })
  })
})
