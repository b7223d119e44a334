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
    await served?.stop()
    await story?.end()
  })
  beforeEach(async () => {
    complaints = []
    const context = await browser.newContext({ viewport: { width: 1500, height: 900 }, locale: 'ru-RU' })
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
  const write = async (role: string, text: string) => {
    await column(role).locator('.field').fill(text)
    await column(role).locator('.field').press('Enter')
  }
  const become = async (name: string) => {
    await column('customer').locator('.who').click()
    await column('customer').locator('.person', { hasText: name }).first().click()
  }

  test('shows three conversations, and the owner what is going on', async () => {
    await expect.poll(() => page.locator('.column').count(), soon).toBe(3)
    await column('customer').locator('.start').waitFor()
    await sees('admin', /Сводка/)
    expect(await page.locator('.scenario').count()).toBe(8)
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
    await sees('customer', /vless:\/\//)
    await sees('admin', /Продажа: 299 ₽/)
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /Ключи/ }).click()
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
