import { loadTranslations } from '@vpn-kiosk/client-bot'
import { cast } from '../../src/cast.ts'
import { describe, type Figure, medianOf, megabytes, percent, percentilesOf, perSecond } from '../figures.ts'
import { keepBusy, keepPace } from '../load/pace.ts'
import { createTapper, type TappedBot, type Tapper } from '../load/taps.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import type { RunningChild } from '../world/child-process.ts'
import { seedCustomers } from '../world/seed-customers.ts'

const emptyBot: TappedBot = {
  username: 'empty_bot',
  token: '1000009:empty-bot-of-the-bench-AAAAAAAAAAAAAAA',
  buttons: ['Tap'],
  firstData: 'tap',
}

/** The main menu and the subscription, to and fro: each tap reads the customer and the subscription. */
function clientBot(): TappedBot {
  const t = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }).translatorFor('ru')
  const buttons = [t.plain('to-menu'), t.plain('menu-subscription')]
  return { ...cast.bots.client, buttons, firstData: 'menu' }
}

const fullSize = { people: 2000, rounds: 3, roundMs: 5_000, paced: 3_000, updates: 100_000 }
const quickSize = { people: 1000, rounds: 2, roundMs: 3_000, paced: 800, updates: 10_000 }
const atOnce = 64
const pacedRate = 200

/** The bot in one process, Telegram and its people in ours, Postgres in a third; the empty bot in the same arrangement. */
export async function benchMenu(world: BenchWorld, isQuick: boolean): Promise<Figure[]> {
  const size = isQuick ? quickSize : fullSize
  const people = await seedCustomers(world.app, world.telegram, { firstId: 10_001, count: size.people })
  world.telegram.addBot({ ...emptyBot, name: 'Empty' })
  const ours = await createTapper(world.telegram, clientBot(), people)
  const empty = await createTapper(world.telegram, emptyBot, people)
  const client = await world.startProcess('client')
  const bare = await world.startBaseline('empty-bot', [world.telegram.apiRoot, emptyBot.token])
  await flood(ours, 1_000)
  await flood(empty, 1_000)

  const rounds = { ours: [] as Round[], empty: [] as Round[] }
  for (let round = 0; round < size.rounds; round++) {
    rounds.empty.push(await timedFlood(empty, bare, size.roundMs))
    rounds.ours.push(await timedFlood(ours, client, size.roundMs))
  }
  const [emptyRate, ourRate] = [medianOf(rounds.empty.map(rateOf)), medianOf(rounds.ours.map(rateOf))]
  let taps = rounds.ours.reduce((sum, { done }) => sum + done, 0)
  const pacedEmpty = percentilesOf(await pace(empty, size.paced))
  const pacedOurs = percentilesOf(await pace(ours, size.paced))
  taps += size.paced
  const left = Math.max(0, size.updates - taps)
  taps += await flood(ours, 180_000, left)
  const memory = client.memory()
  const bareMemory = bare.memory()
  for (const part of [ours, empty]) part.close()
  await client.close()
  await bare.close()

  const share = ourRate / emptyRate
  const aimedMegabytes = 200
  return [
    {
      what: `menu taps, ${atOnce} at once`,
      measured: `${perSecond(ourRate)} = ${percent(share)} (${describeWork(rounds.ours)})`,
      beside: `empty bot ${perSecond(emptyRate)} (${describeWork(rounds.empty)})`,
      aim: '≥ 35 %',
      isMet: share >= 0.35,
    },
    {
      what: `menu taps at ${pacedRate}/s`,
      measured: describe(pacedOurs),
      beside: `empty bot ${describe(pacedEmpty)}`,
      aim: 'p95 < 100 ms',
      isMet: pacedOurs.p95 < 100,
    },
    {
      what: `client bot's memory after ${taps.toLocaleString('en')} taps`,
      measured: megabytes(memory),
      beside: `empty bot ${megabytes(bareMemory)}`,
      aim: `< ${aimedMegabytes} MB`,
      isMet: memory < aimedMegabytes * 1e6,
    },
  ]
}

interface Round {
  readonly done: number
  readonly ms: number
  /** Of the bot's process alone. */
  readonly processorMs: number
}

async function timedFlood(tapper: Tapper, bot: RunningChild, ms: number): Promise<Round> {
  const before = bot.processorMs()
  const done = await flood(tapper, ms)
  return { done, ms, processorMs: bot.processorMs() - before }
}

const rateOf = ({ done, ms }: Round): number => done / (ms / 1000)

/** Says more than the rate where other work shares the machine. */
const describeWork = (rounds: readonly Round[]): string =>
  `${medianOf(rounds.map(({ processorMs, done }) => processorMs / done)).toFixed(2)} ms of a core each`

function flood(tapper: Tapper, durationMs: number, atMost = Number.POSITIVE_INFINITY): Promise<number> {
  let left = atMost
  return keepBusy({ atOnce, durationMs }, async () => {
    if (left <= 0) return false
    left -= 1
    await tapper.tap()
    return true
  })
}

async function pace(tapper: Tapper, count: number): Promise<number[]> {
  const latencies: number[] = []
  await keepPace({ rate: pacedRate, count }, async (_, dueAt) => {
    latencies.push((await tapper.tap()) - dueAt)
  })
  return latencies
}
