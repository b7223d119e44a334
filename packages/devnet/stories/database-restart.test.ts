import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@vpn-kiosk/db/embedded-postgres'
import { expect, onTestFinished, test } from 'vitest'
import { openStory } from './story.ts'

/** As long as a restart of Postgres takes on a usual server. */
const awayMs = 3000

test('what people ask for while Postgres restarts is answered after it, and nobody reads an apology', {
  timeout: 120_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-restart-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }))
  const settings = ['fsync=off']
  let postgres = await startEmbeddedPostgres({ directory, settings })
  onTestFinished(() => postgres.close())
  const story = await openStory(postgres.url, { bots: ['client'] })
  onTestFinished(() => story.end())
  const [anna, emma] = [story.customer(), story.customer('guest')]
  anna.start()
  await anna.sees('Здравствуйте, Anna!')
  await anna.tap(/Купить/)
  await anna.sees('1 месяц')

  await postgres.close()
  const since = performance.now()
  const pressed = anna.tap('1 месяц')
  emma.start()
  await delay(awayMs - (performance.now() - since))
  postgres = await startEmbeddedPostgres({ directory, settings })

  await pressed
  const screens = () => JSON.stringify([anna.screen(), emma.screen()])
  await expect.poll(screens, { timeout: 30_000 }).toContain('Тестовая')
  await expect.poll(() => emma.screen().at(-1)?.buttons.length, { timeout: 30_000 }).toBeGreaterThan(0)
  expect(screens()).not.toMatch(/repeat:/)
  await anna.tap('Тестовая')
  await expect.poll(() => story.devnet.testPay.listInvoices(), { timeout: 30_000 }).toHaveLength(1)
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices()[0]!.reference)
  await anna.sees(/Готово!/, 40_000)
})
