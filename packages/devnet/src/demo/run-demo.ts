import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { createLogger } from '@vpn-kiosk/app'
import { startEmbeddedPostgres } from '@vpn-kiosk/db/embedded-postgres'
import getPort, { portNumbers } from 'get-port'
import { servePage } from '../control/serve-page.ts'
import { createDevnet } from '../create-devnet.ts'
import { seedHistory } from '../seed/seed-history.ts'
import { seedTalk } from '../seed/seed-talk.ts'
import type { Ending } from './ending.ts'
import type { DemoOptions } from './options.ts'
import { printBox, step } from './progress.ts'

const project = resolve(import.meta.dirname, '../../../..')

/** Starts a demo on a fresh database and prints where to look. What `ending` is given ends it. */
export async function runDemo(options: DemoOptions, ending: Ending): Promise<string> {
  const { host, language } = options
  const port = await getPort({ host, port: portNumbers(options.port, Math.min(65_535, options.port + 50)) })
  const publicUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  const logFile = join(project, '.data/logs/demo.log')
  const logger = await openLog(logFile, ending)
  const databaseUrl = await step('A fresh Postgres', () =>
    startDatabase(join(project, '.data/demo', String(port)), ending),
  )
  const devnet = await step('The shop: three bots, jobs, web, and a month of history', () =>
    createDevnet({ databaseUrl, logger, publicUrl, seed: seedHistory, ...(language ? { language } : {}) }),
  )
  ending.add(devnet.close)
  await step('Keys for everybody who has paid', devnet.tick)
  await step('Two customers in the support chat', () => seedTalk(devnet, language ?? 'ru'))
  const page = await step('The page', () => servePage(devnet, { port, host }))
  ending.add(page.close)
  const url = publicUrl + (language ? `/?lang=${language}` : '')
  printBox([
    `Open ${url}`,
    '',
    'Left: a customer buys a VPN key.  Middle: support answers.  Right: the owner sees it all.',
    'Above: move the clock, break the panel, lose webhooks: no paid order is lost.',
    '',
    `Nothing here is real but the database. Log: ${relative(project, logFile)}.  Ctrl-C stops.`,
  ])
  return url
}

async function openLog(file: string, ending: Ending) {
  await mkdir(join(file, '..'), { recursive: true })
  const stream = createWriteStream(file, { flags: 'w' })
  ending.add(() => new Promise((done) => stream.end(done)))
  return createLogger({ name: 'demo', level: 'info', destination: stream })
}

async function startDatabase(directory: string, ending: Ending): Promise<string> {
  const wipe = () => rm(directory, { recursive: true, force: true })
  await wipe()
  const postgres = await startEmbeddedPostgres({ directory })
  ending.add(async () => {
    await postgres.close()
    await wipe()
  })
  return postgres.url
}
