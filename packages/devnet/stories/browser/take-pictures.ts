// Takes the pictures of docs/images from a demo of its own: `node scripts/screenshots.ts`.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { createEnding } from '../../src/demo/ending.ts'
import { runDemo } from '../../src/demo/run-demo.ts'
import { openBrowser } from './open-browser.ts'

const folder = resolve(import.meta.dirname, '../../../../docs/images')
const limitBytes = 250_000

const words = {
  en: {
    steps: ['Buy', '1 month', 'Test'],
    ask: 'Hello! My phone says this:',
    answer: 'Hello Anna! Please refresh the subscription in your app, that helps.',
  },
  ru: {
    steps: ['Купить', '1 месяц', 'Тест'],
    ask: 'Здравствуйте! Телефон пишет вот что:',
    answer: 'Здравствуйте, Анна! Обновите подписку в приложении — должно помочь.',
  },
} as const

const ending = createEnding((error) => process.stderr.write(`${error}\n`))

async function takeAll(browser: Browser, language: keyof typeof words): Promise<void> {
  const url = await runDemo({ port: 3900, host: '127.0.0.1', language }, ending)
  const wide = await open(browser, url, { width: 1600, height: 1000 })
  await buy(wide, language)
  await talk(wide, language)
  await wide.locator('.customer .tab').first().click()
  await wide.locator('.admin .inline', { hasText: '🔄' }).click()
  await wide.locator('.customer .photo').last().scrollIntoViewIfNeeded()
  await settle(wide)
  await save(await wide.screenshot(), `demo-${language}`)
  const tall = await open(browser, url, { width: 1500, height: 1440 })
  await write(tall, 'customer', '/config')
  await settle(tall)
  await save(await tall.locator('.customer').screenshot(), `key-${language}`)
  const link = /\/s\/[\w-]{16,}/.exec((await tall.locator('.customer .messages').textContent()) ?? '')?.[0]
  if (link) await save(await pictureOf(browser, new URL(link, url).href, language), `subscription-${language}`)
  const dark = await open(browser, url, { width: 390, height: 844 }, 'dark')
  await settle(dark)
  await save(await dark.screenshot(), `phone-${language}`)
}

type Size = { readonly width: number; readonly height: number }

async function open(browser: Browser, url: string, viewport: Size, colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ viewport, colorScheme, timezoneId: 'Europe/Moscow' })
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('.admin .row.in').nth(1).waitFor({ state: 'attached' })
  return page
}

async function buy(page: Page, language: keyof typeof words): Promise<void> {
  const newest = page.locator('.customer .row.in').last()
  await page.locator('.customer .start').click()
  for (const step of words[language].steps) await newest.locator('.inline', { hasText: step }).first().click()
  await newest.locator('.inline[data-kind=url]').first().click()
  await page.frameLocator('iframe').locator('button.main').click()
  await page.locator('.customer .text', { hasText: '/s/' }).first().waitFor()
  await page.locator('dialog').waitFor({ state: 'detached' })
}

async function talk(page: Page, language: keyof typeof words): Promise<void> {
  const { ask, answer } = words[language]
  await page.locator('.customer .tab').nth(1).click()
  await page.locator('.customer .start').click()
  await page.locator('.customer .row.in').first().waitFor()
  await write(page, 'customer', ask)
  await page.locator('.agent .topic', { hasText: 'Anna' }).click()
  await page.locator('.agent .text', { hasText: ask }).waitFor()
  await page.locator('.customer .composer .anchor .round').click()
  await page.locator('.menu-item', { hasText: '🖼️' }).click()
  await page.locator('.agent .photo').waitFor()
  await write(page, 'agent', answer)
  await page.locator('.customer .text', { hasText: answer }).waitFor()
}

async function write(page: Page, column: string, text: string): Promise<void> {
  await page.locator(`.${column} .field`).fill(text)
  await page.locator(`.${column} .field`).press('Enter')
}

async function pictureOf(browser: Browser, url: string, locale: keyof typeof words): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 480, height: 1000 }, locale, colorScheme: 'light' })
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  return page.screenshot({ fullPage: true })
}

/** Pictures loaded, lists scrolled, animations over. */
const settle = (page: Page) => page.waitForTimeout(1500)

async function save(picture: Buffer, name: string): Promise<void> {
  for (const quality of [90, 70, 50, 30]) {
    const bytes = await sharp(picture).png({ palette: true, quality, compressionLevel: 9, effort: 10 }).toBuffer()
    if (bytes.length > limitBytes && quality > 30) continue
    await writeFile(join(folder, `${name}.png`), bytes)
    process.stdout.write(`✓ docs/images/${name}.png, ${Math.round(bytes.length / 1000)} kB\n`)
    return
  }
}

try {
  await mkdir(folder, { recursive: true })
  const browser = await openBrowser()
  ending.add(() => browser.close())
  for (const language of ['en', 'ru'] as const) await takeAll(browser, language)
} finally {
  await ending.run()
}
