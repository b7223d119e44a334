import { expect, onTestFinished, test } from 'vitest'
import { createSimulatedClock } from '../clock.ts'
import { startTelegramSimulator } from '../simulator.ts'

async function start() {
  const simulator = await startTelegramSimulator({ clock: createSimulatedClock() })
  onTestFinished(() => simulator.close())
  return simulator
}

test('the page and all that its files name are served, TypeScript without its types', async () => {
  const { apiRoot } = await start()
  const wanted = ['/']
  const seen = new Set<string>()
  for (const path of wanted) {
    if (seen.has(path)) continue
    seen.add(path)
    const answer = await fetch(apiRoot + path)
    expect(`${answer.status} ${path}`).toBe(`200 ${path}`)
    const text = await answer.text()
    const named = [...text.matchAll(/(?:from ?|import ?|src=|href=|": )["'](\.{0,2}\/[\w./-]+\.\w+)["']/g)]
    for (const [, name = ''] of named) wanted.push(new URL(name, apiRoot + path).pathname)
  }
  expect(seen.size).toBeGreaterThan(40)
  const main = await (await fetch(`${apiRoot}/chat/column.ts`)).text()
  expect(main).toContain('export function createColumn(page')
  expect(main).not.toMatch(/interface|: Page/)
  expect(await (await fetch(`${apiRoot}/chat/locales/languages.json`)).json()).toEqual(['en', 'ru'])
})

test.each([
  '/chat/../main.ts',
  '/chat/%2e%2e/main.ts',
  '/chat/locales/../../package.json',
  '/chat/x.ts',
  '/chat/',
  '/chat/a.exe',
])('%s is not there', async (path) => {
  const { apiRoot } = await start()
  expect((await fetch(apiRoot + path)).status).toBe(404)
})
