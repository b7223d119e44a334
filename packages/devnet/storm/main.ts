import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createSimulatedClock, type TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import getPort from 'get-port'
import { cast } from '../src/cast.ts'
import { environmentOf } from '../src/environment.ts'
import { connectWebhooks, populate, startSimulators, stopSimulators } from '../src/simulators.ts'
import { banAndTry } from './ban-and-try.ts'
import { type Books, compareBooks } from './compare-books.ts'
import { type Shopper, shop } from './customer.ts'
import { copyShop, type LiveShop, shopProcesses } from './live-shop.ts'
import { type Apps, openApps } from './open-apps.ts'
import { readOptions, type StormOptions, usage } from './options.ts'
import { addPanel, openSimulatedPanel } from './panel.ts'
import { type Outsider, startRedis, startXui } from './start-outsiders.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)
const clientBot = `@${cast.bots.client.username}`
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

async function storm(options: StormOptions, directory: string, undo: Array<() => Promise<unknown>>): Promise<boolean> {
  const world = await startSimulators(createSimulatedClock(), 'modern')
  undo.push(() => stopSimulators(world))
  populate(world.telegram, 'en')
  // Before the shop is there: the doctor would miss the owner's Start.
  world.telegram.people.start({ person: cast.people.owner.id, bot: `@${cast.bots.admin.username}` })
  const redis = await startRedis()
  if (redis) undo.push(redis.close)
  const real = options.xui === null ? null : await startXui(options.xui, join(directory, 'panel'))
  if (real) undo.push(real.close)
  const panel = real ?? openSimulatedPanel(world.panel)
  const apps =
    options.core === null
      ? null
      : await openApps({ ...options, core: options.core, directory, telegram: world.telegram, bot: clientBot })
  if (apps) undo.push(apps.close)

  const {
    DATABASE_URL: _,
    SECRET_KEY: __,
    ...environment
  } = environmentOf(world, {
    databaseUrl: '',
    backupDirectory: join(directory, 'backups'),
    webPort: await getPort(),
    language: 'en',
  })
  const live = await copyShop(join(directory, 'shop'), { ...environment, REDIS_URL: redis?.url ?? '' })
  undo.push(live.close)
  say(`npm start, first time: ${seconds((await live.npm('start')).ms)}`)
  say(`npm start, running:    ${seconds((await live.npm('start')).ms)}`)
  const door = await addPanel(live, panel, apps?.target)
  connectWebhooks(world, environment.PUBLIC_URL ?? '')

  const end = performance.now() + options.minutes * 60_000
  const isOver = () => performance.now() > end
  const street = { telegram: world.telegram, yookassa: world.yookassa, bot: clientBot, isOver }
  const shoppers = Array.from({ length: options.customers }, (_unused, index): Shopper => {
    const { id } = world.telegram.people.createPerson({ firstName: `Customer ${index + 1}`, languageCode: 'en' })
    return { person: id, paid: 0, begunAgain: 0 }
  })
  const kills = killParts(live, [panel, ...(redis ? [redis] : [])], isOver)
  await Promise.all(shoppers.map((shopper) => shop(street, shopper)))
  say(`killed with -9: ${(await kills).join(' · ')}`)
  say(`customers began again ${shoppers.reduce((sum, one) => sum + one.begunAgain, 0)} times`)
  const books = await settle(() => compareBooks(street, live, door, shoppers))
  const isRight = report(books, shoppers)
  return apps ? (await tryLinks({ telegram: world.telegram, apps }, live, shoppers)) && isRight : isRight
}

/** Those who paid have links that carry a page; those who are banned then have none. */
async function tryLinks(
  street: { readonly telegram: TelegramSimulator; readonly apps: Apps },
  live: LiveShop,
  shoppers: readonly Shopper[],
): Promise<boolean> {
  const buyers = shoppers.filter(({ paid }) => paid > 0)
  const shut = await countShut(street.apps, buyers)
  say(`links that carry a page: ${buyers.length - shut} of ${buyers.length}`)
  const bans = await banAndTry(street, live, buyers.slice(0, 10))
  say(`banned: ${bans.banned} · open a minute later: ${bans.stillOpen} · the slowest cut: ${seconds(bans.slowestMs)}`)
  const shutSince = await countShut(street.apps, buyers.slice(10))
  say(`links of the others that carry nothing then: ${shutSince}`)
  return shut + bans.stillOpen + shutSince === 0
}

async function countShut(apps: Apps, buyers: readonly Shopper[]): Promise<number> {
  let shut = 0
  for (const { person } of buyers) if (!(await apps.areOpen(await apps.linksOf(person)))) shut++
  return shut
}

const calmMs = 5_000

/** Kills one part after the other, until it is over; what no PM2 looks after is started again. */
async function killParts(live: LiveShop, outsiders: readonly Outsider[], isOver: () => boolean): Promise<string[]> {
  const killed = new Map<string, number>()
  const parts = [...shopProcesses, 'postgres' as const, ...outsiders]
  await pause(calmMs)
  while (!isOver()) {
    const part = parts[Math.floor(Math.random() * parts.length)]!
    const name = typeof part === 'string' ? part : part.name
    if (typeof part === 'string') {
      if (!(await live.kill(part))) continue
    } else {
      await part.kill()
      await pause(Math.random() * 4_000)
      await part.start()
    }
    killed.set(name, (killed.get(name) ?? 0) + 1)
    await pause(1_500 + Math.random() * 3_000)
  }
  return [...killed].map(([name, times]) => `${name} ${times}`)
}

const settleMs = 180_000

/** Until nothing waits any more and the books agree, three minutes at most. */
async function settle(look: () => Promise<Books>): Promise<Books & { readonly settledMs: number }> {
  const startedAt = performance.now()
  for (;;) {
    const books = await look().catch((error: unknown) => void say(`· ${String(error)}`))
    const settledMs = performance.now() - startedAt
    if (books && (isWhole(books) || settledMs > settleMs)) return { ...books, settledMs }
    if (settledMs > settleMs) throw new Error('the books could not be read')
    await pause(2_000)
  }
}

const isWhole = (books: Books): boolean =>
  books.paid === books.provider &&
  books.granted === books.provider &&
  books.wrongEnds + books.wrongAccounts + books.untold + books.waiting === 0

function report(
  { settledMs, ...books }: Books & { readonly settledMs: number },
  shoppers: readonly Shopper[],
): boolean {
  say(`paid for at the provider: ${books.provider} (by ${shoppers.filter(({ paid }) => paid > 0).length} customers)`)
  say(`paid in the shop: ${books.paid} · given: ${books.granted} · wrong ends: ${books.wrongEnds}`)
  say(`accounts on the panel: ${books.accounts} · wrong: ${books.wrongAccounts} · still waiting: ${books.waiting}`)
  say(`not told: ${books.untold} · told twice: ${books.toldAgain}`)
  say(
    isWhole(books)
      ? `✓ the four books agree, ${seconds(settledMs)} after the last customer went home`
      : '✗ the books disagree',
  )
  return isWhole(books)
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options === null) {
    say(usage)
    return 0
  }
  const directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-storm-'))
  const undo: Array<() => Promise<unknown>> = [() => rm(directory, { recursive: true, force: true })]
  try {
    return (await storm(options, directory, undo)) ? 0 : 1
  } finally {
    for (const step of undo.reverse()) await step().catch((error: unknown) => say(`· ${String(error)}`))
  }
}

process.exitCode = await main().catch((error: unknown) => {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`)
  return 2
})
