import type { AccessId } from '@vpn-kiosk/domain'
import { describe, type Figure, medianOf, percent, percentilesOf, perSecond } from '../figures.ts'
import { keepBusy } from '../load/pace.ts'
import { createHttpClient } from '../load/requests.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import { customerIdOf, forgetWork, seedCustomers } from '../world/seed-customers.ts'

const atOnce = 32
const customers = 100

/** What VPN apps fetch every few hours, beside one route with one query; one process is asked at a time. */
export async function benchSubscriptionPage(world: BenchWorld, isQuick: boolean): Promise<Figure[]> {
  const [rounds, roundMs] = isQuick ? [2, 3_000] : [4, 5_000]
  const subscriptions = await seedKeys(world)
  const web = await world.startProcess('web')
  const bare = await world.startBaseline('bare-route', [world.databaseUrl])
  const bareUrl = (bare.word as { url: string }).url
  const ourPages = subscriptions.map(({ token }) => `${world.webUrl}/s/${token}`)
  const barePages = subscriptions.map(({ id }) => `${bareUrl}/s/${id}`)
  await fetchPages(ourPages, 1_000)
  await fetchPages(barePages, 1_000)

  const ours: Fetched[] = []
  const others: Fetched[] = []
  for (let round = 0; round < rounds; round++) {
    others.push(await fetchPages(barePages, roundMs))
    ours.push(await fetchPages(ourPages, roundMs))
  }
  await web.close()
  await bare.close()

  const [ourRate, bareRate] = [medianOf(ours.map(({ rate }) => rate)), medianOf(others.map(({ rate }) => rate))]
  const share = ourRate / bareRate
  const latencies = (of: Fetched[]) => describe(percentilesOf(of.flatMap((one) => one.latencies)))
  return [
    {
      what: `subscription page for apps, ${atOnce} at once`,
      measured: `${perSecond(ourRate)} = ${percent(share)}`,
      beside: `bare Fastify route ${perSecond(bareRate)}`,
      aim: '≥ 50 %',
      isMet: share >= 0.5,
    },
    {
      what: 'its latency then',
      measured: latencies(ours),
      beside: `bare Fastify route ${latencies(others)}`,
      aim: '–',
      isMet: null,
    },
  ]
}

/** Customers with a trial whose key a panel has issued. */
async function seedKeys({ app, telegram }: BenchWorld): Promise<{ id: string; token: string }[]> {
  const ids = await seedCustomers(app, telegram, { firstId: 20_001, count: customers, isActive: false })
  for (const id of ids) await app.shop.startTrial(customerIdOf(id))
  const em = app.db.em()
  const accesses = await em.execute<{ id: AccessId }[]>(
    'select id from accesses where applied_revision < desired_revision',
  )
  for (const { id } of accesses) {
    const { kind } = await app.shop.provisionAccess(id)
    if (kind !== 'applied') throw new Error(`a key was not granted: ${kind}`)
  }
  await forgetWork(app)
  return em.execute<{ id: string; token: string }[]>(
    'select s.id, s.token from subscriptions s join accesses a on a.subscription_id = s.id where a.credentials is not null',
  )
}

interface Fetched {
  readonly rate: number
  readonly latencies: readonly number[]
}

async function fetchPages(pages: readonly string[], durationMs: number): Promise<Fetched> {
  const client = createHttpClient(atOnce)
  const latencies: number[] = []
  let next = 0
  const startAt = performance.now()
  const done = await keepBusy({ atOnce, durationMs }, async () => {
    const sentAt = performance.now()
    await client.get(pages[next++ % pages.length] ?? '')
    latencies.push(performance.now() - sentAt)
    return true
  })
  const rate = (done * 1000) / (performance.now() - startAt)
  client.close()
  return { rate, latencies }
}
