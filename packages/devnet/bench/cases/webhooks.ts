import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '@vpn-kiosk/app'
import type { PaymentId, ProviderId } from '@vpn-kiosk/domain'
import { describe, type Figure, megabytes, percentilesOf, seconds } from '../figures.ts'
import { keepPace } from '../load/pace.ts'
import { createLargeWorld } from '../scale/large-world.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import type { RunningChild } from '../world/child-process.ts'
import { customerIdOf, seedCustomers } from '../world/seed-customers.ts'
import { type SixProviders, startSixProviders } from '../world/six-providers.ts'

const rate = 200
const aimMs = 1_000
/** Of each twenty webhooks two come again and one is forged. */
const kinds = [
  'paid',
  'again',
  'paid',
  'paid',
  'forged',
  'paid',
  'paid',
  'paid',
  'paid',
  'paid',
  'paid',
  'again',
] as const
const kindOf = (index: number): 'paid' | 'again' | 'forged' => kinds[index % 20] ?? 'paid'
const firstId = 2_000_000_001
const openAtOnce = 8
/** Customers are settled long before. */
const waitLimitMs = 300_000

interface Invoice {
  readonly paymentId: PaymentId
  readonly provider: ProviderId
  readonly reference: string
}

/**
 * Webhooks of six providers, mixed, at a steady rate beside a large shop: `web` takes them, `jobs` asks the provider and
 * settles, and gives access at the panel meanwhile. Providers and panels are in this process. CoinGate has one payment in a
 * hundred: it lets itself be asked 200 times a minute, and counts.
 */
export async function benchWebhooks(world: BenchWorld, isQuick: boolean, size: number): Promise<Figure[]> {
  const large = await createLargeWorld(world, size)
  const six = await startSixProviders(world, world.app.clock)
  const shop = await world.openShop(six.environment)
  const children: RunningChild[] = []
  try {
    const count = rate * (isQuick ? 10 : 60)
    const invoices = await openInvoices(world, shop, count)
    for (const name of ['web', 'jobs'] as const) children.push(await world.startProcess(name, six.environment))
    await pause(5_000)
    const seen = await send(six, world.webUrl, { invoices, count }, children)
    const settled = await readSettled(world, invoices, seen.sentAt)
    return figuresOf(count, { ...seen, ...settled, invoices: invoices.length })
  } finally {
    for (const child of children) await child.close()
    await shop.close()
    await six.close()
    await large.close()
  }
}

async function openInvoices({ app, telegram }: BenchWorld, { shop }: App, count: number): Promise<Invoice[]> {
  const wanted = Array.from({ length: count }, (_, index) => kindOf(index)).filter((kind) => kind === 'paid').length
  const people = await seedCustomers(app, telegram, { firstId, count: wanted, isActive: false })
  const plan = (await shop.listPlans()).find(({ code }) => code === 'month')
  if (!plan) throw new Error('there is no plan for a month')
  await app.db
    .em()
    .execute(
      `insert into plan_prices (plan_id, currency, amount_minor) values (?, 'EUR', 399) on conflict do nothing`,
      [plan.id],
    )
  const priced = (await shop.listPlans()).find(({ code }) => code === 'month') ?? plan
  const methods = await shop.listPaymentMethods(priced)
  const rare = methods.filter(({ provider }) => provider === 'coingate')
  const usual = methods.filter(({ provider }) => provider !== 'coingate')
  const methodOf = (index: number) =>
    (index % 100 === 0 ? rare : usual)[index % (index % 100 === 0 ? 1 : usual.length)]!
  const started: PaymentId[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < people.length; index = next++) {
      const { provider: providerId, method } = methodOf(index)
      const result = await shop.startPurchase({
        customerId: customerIdOf(people[index]!),
        planId: plan.id,
        providerId,
        method,
        returnUrl: 'https://t.me/bench',
        description: 'VPN',
      })
      if (result.kind !== 'invoice') throw new Error(`no invoice of ${providerId} was opened: ${result.kind}`)
      started.push(result.paymentId)
    }
  }
  await Promise.all(Array.from({ length: openAtOnce }, worker))
  return app.db
    .em()
    .execute<Invoice[]>(
      `select id as "paymentId", provider, reference from payments where customer_id >= ? and customer_id <= ? order by md5(id)`,
      [customerIdOf(firstId), customerIdOf(firstId + wanted)],
    )
}

interface Seen {
  /** When each payment was made, by the wall clock. */
  readonly sentAt: ReadonlyMap<PaymentId, number>
  /** Statuses of forged webhooks. */
  readonly refused: readonly number[]
  /** Until the provider had its answer. */
  readonly answeredMs: readonly number[]
  /** Resident bytes of each process after a tenth of the webhooks, and after all. */
  readonly memory: readonly { readonly name: string; readonly early: number; readonly late: number }[]
}

async function send(
  { simulators }: SixProviders,
  webUrl: string,
  { invoices, count }: { readonly invoices: readonly Invoice[]; readonly count: number },
  children: readonly RunningChild[],
): Promise<Seen> {
  const sentAt = new Map<PaymentId, number>()
  const answeredMs: number[] = []
  const refused: number[] = []
  let paid = 0
  let early: number[] = []
  await keepPace({ rate, count }, async (index) => {
    if (index === Math.floor(count / 10)) early = children.map((child) => child.memory())
    const kind = kindOf(index)
    if (kind === 'forged') {
      refused.push(await forge(webUrl, [...simulators.keys()][index % simulators.size]!))
      return
    }
    const invoice = kind === 'paid' ? invoices[paid++] : invoices[Math.max(0, paid - 1 - (index % 50))]
    if (!invoice) return
    const from = performance.now()
    if (kind === 'paid') sentAt.set(invoice.paymentId, Date.now())
    const simulator = simulators.get(invoice.provider)!
    await (kind === 'paid' ? simulator.pay(invoice.reference) : simulator.resendWebhook(invoice.reference))
    answeredMs.push(performance.now() - from)
  })
  const memory = children.map((child, index) => ({ name: child.name, early: early[index] ?? 0, late: child.memory() }))
  return { sentAt, refused, answeredMs, memory }
}

/** Well-formed, about nothing that exists, with a signature that is none. */
async function forge(webUrl: string, provider: ProviderId): Promise<number> {
  const response = await fetch(`${webUrl}/pay/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-signature': 'AAAA', 'crypto-pay-api-signature': '00' },
    body: JSON.stringify({
      type: 'notification',
      event: 'payment.succeeded',
      id: 1,
      object: { id: 'forged', status: 'succeeded' },
    }),
  })
  await response.text()
  return response.status
}

interface Settled {
  readonly settledMs: readonly number[]
  readonly unpaid: number
  /** Stretches of these payments beyond one each. */
  readonly twice: number
  /** What the books are off by; zero in books that balance. */
  readonly offBy: number
}

async function readSettled(
  { app }: BenchWorld,
  invoices: readonly Invoice[],
  sentAt: ReadonlyMap<PaymentId, number>,
): Promise<Settled> {
  const mine = `customer_id between '${customerIdOf(firstId)}' and '${customerIdOf(firstId + invoices.length)}'`
  const rows = <T>(text: string) => app.db.em().execute<T[]>(text)
  const count = async (text: string): Promise<number> => (await rows<{ n: number }>(text))[0]!.n
  const countUnpaid = () => count(`select count(*)::int as n from payments where ${mine} and state <> 'paid'`)
  const endAt = performance.now() + waitLimitMs
  while (performance.now() < endAt && (await countUnpaid()) > 0) await pause(500)
  const steps = await rows<{ id: PaymentId; at: Date | string }>(
    `select s.payment_id as id, s.at from payment_steps s join payments p on p.id = s.payment_id where ${mine} and s.after = 'paid'`,
  )
  const stretches = await count(
    `select count(*)::int as n from subscription_periods t join payments p on t.key = 'payment:' || p.id where ${mine}`,
  )
  const unpaid = await countUnpaid()
  const paid = invoices.length - unpaid
  return {
    settledMs: steps.map(({ id, at }) => new Date(at).getTime() - (sentAt.get(id) ?? Number.NaN)),
    unpaid,
    twice: steps.length - paid + stretches - paid,
    offBy: await count('select coalesce(abs(sum(amount_minor)), 0)::int as n from ledger_entries'),
  }
}

function figuresOf(count: number, seen: Seen & Settled & { readonly invoices: number }): Figure[] {
  const settled = percentilesOf(seen.settledMs)
  const accepted = seen.refused.filter((status) => status >= 200 && status < 300).length
  return [
    {
      what: `${count} webhooks of six providers at ${rate}/s, a tenth again: webhook → settled`,
      measured: describe(settled, seconds),
      beside: `webhook → 200: ${describe(percentilesOf(seen.answeredMs))}`,
      aim: `p95 < ${seconds(aimMs)}`,
      isMet: settled.p95 < aimMs,
    },
    {
      what: `of ${seen.invoices} payments: not settled, settled twice; books`,
      measured: `${seen.unpaid}, ${seen.twice}; off by ${seen.offBy}`,
      beside: `${seen.refused.length} forged: ${seen.refused.length - accepted} refused, ${accepted} looked up in vain`,
      aim: '0, 0; 0',
      isMet: seen.unpaid === 0 && seen.twice === 0 && seen.offBy === 0,
    },
    ...seen.memory.map(({ name, early, late }) => ({
      what: `${name}: memory after a tenth of them, after all`,
      measured: `${megabytes(early)}, ${megabytes(late)}`,
      beside: '',
      aim: '–',
      isMet: null,
    })),
  ]
}
